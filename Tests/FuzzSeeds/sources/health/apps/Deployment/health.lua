local hs = {}
if obj.status ~= nil then
  if obj.status.availableReplicas ~= nil and obj.status.availableReplicas >= (obj.spec.replicas or 1) then
    hs.status = "Healthy"
    hs.message = ("%d of %s"):format(obj.status.availableReplicas, tostring(obj.spec.replicas))
    return hs
  end
  for i, condition in ipairs(obj.status.conditions or {}) do
    if condition.type == "Progressing" and string.find(condition.reason or "", "^Progress%a+Exceeded$") then
      hs.status = "Degraded"
      hs.message = condition.message:gsub("%s+", " ")
      return hs
    end
  end
end
hs.status = "Progressing"
hs.message = table.concat({"waiting", obj.metadata.name}, " for ")
return hs
