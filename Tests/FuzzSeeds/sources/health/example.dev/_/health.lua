local names = {}
for key in pairs(obj.spec) do table.insert(names, key) end
table.sort(names, function(a, b) return a:lower() < b:lower() end)
return { status = #names > 0 and "Healthy" or "Unknown", message = table.concat(names, ",") .. os.date("!%H", os.time()) }
