-- What `corpus:articles`, `corpus:rows`, `corpus:search` and `corpus:sql` return: something to iterate over once,
-- `for row in rows do … end`, which also knows its columns, and can be taken as a whole.

local Rows = { __name = "annalist.rows" }
local methods = {}
Rows.__index = methods

--- The next row, or nil at the end. A generic `for` calls this.
function Rows:__call()
  return self.step()
end

--- All rows that are still to come, as a list, which keeps the names of the columns in `columns`.
function methods:all()
  local list = {}
  for row in self.step do list[#list + 1] = row end
  return setmetatable(list, { __name = "annalist.list", columns = self.columns })
end

--- The first of the rows still to come, or nil.
function methods:first()
  return self.step()
end

--- How many rows are still to come. They are gone afterwards.
function methods:count()
  local count = 0
  for _ in self.step do count = count + 1 end
  return count
end

--- Gives back what a query holds, when not all rows are wanted. A query read to its end is closed by itself.
function methods:close()
  local cursor = self.cursor
  self.cursor = nil
  self.step = function() return nil end
  if cursor then cursor:close() end
end

Rows.__close = methods.close

local rows = { methods = methods }

--- `step` gives one row a call and nil at the end; `columns` is the list of names in their order; `cursor` (may be nil) is
--- what is closed with the rows.
function rows.new(step, columns, cursor)
  return setmetatable({ step = step, columns = columns, cursor = cursor }, Rows)
end

--- True for what `rows.new` returns.
function rows.is(value)
  return getmetatable(value) == Rows
end

return rows
