local letters = string.rep("xy", 90000)
local set = "[^" .. string.rep("xy", 40000) .. "]"
if letters:find(set) then return { status = "Degraded" } end
return { status = "Healthy", message = tostring(tonumber(string.rep("z", 200000), 36)) }
