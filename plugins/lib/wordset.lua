-- A set of words written as one string: wordset "and but or" is { ["and"] = true, ["but"] = true, ["or"] = true }.

return function(list)
  local set = {}
  for word in list:gmatch("%S+") do set[word] = true end
  return set
end
