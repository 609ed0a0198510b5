-- Union of nodes with memory of who may not meet. A node is a number; a cluster is known by its root.

local clusters = {}
clusters.__index = clusters

function clusters.new()
  return setmetatable({ parent = {}, members = {}, reasons = {} }, clusters)
end

function clusters:add(node)
  self.parent[node] = node
  self.members[node] = { node }
end

function clusters:root(node)
  local parent = self.parent
  while parent[node] ~= node do
    parent[node] = parent[parent[node]]
    node = parent[node]
  end
  return node
end

--- Joins two clusters, the smaller into the larger (the lower number of equals); returns the root.
function clusters:join(a, b)
  a, b = self:root(a), self:root(b)
  if a == b then
    return a
  end
  local x, y = self.members[a], self.members[b]
  if #y > #x or #y == #x and b < a then
    a, b, x, y = b, a, y, x
  end
  table.move(y, 1, #y, #x + 1, x)
  self.parent[b], self.members[b] = a, nil
  return a
end

return clusters
