import sqlite3
for name, version in [('negative', -7), ('far', 2147483647), ('zero', 0)]:
    ledger = sqlite3.connect(name + '.sqlite')
    ledger.execute('pragma application_id = 0x7265684C')
    ledger.execute('create table other (a)')
    ledger.execute('pragma user_version = %d' % version)
    ledger.commit()
