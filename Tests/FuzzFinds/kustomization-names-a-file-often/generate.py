import os

os.makedirs("repository/base", exist_ok=True)
lines = ['- base/objects.yaml'] * 80000
open('repository/kustomization.yaml', 'w').write('resources:\n' + '\n'.join(lines) + '\n')
with open('repository/base/objects.yaml', 'w') as file:
    for number in range(800):
        file.write('---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%d, namespace: default}\ndata: {a: b}\n' % number)
