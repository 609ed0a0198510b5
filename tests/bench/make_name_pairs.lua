-- Makes COUNT pairs of names to measure `annalist match` on: the trainer's made pairs in another order each time round.
-- annalist tests/bench/make_name_pairs.lua MADE.tsv COUNT > pairs.tsv
local names = {}
for line in io.lines(arg[1]) do
  local a, b = line:match("^[01]\t[^\t]*\t([^\t]*)\t([^\t]*)$")
  names[#names + 1], names[#names + 2] = a, b
end
local count, state = math.tointeger(arg[2]), 1
for i = 1, count do
  state = (state * 1103515245 + 12345) & 0x7fffffff
  local first = (i * 2 - 1) % #names + 1
  local second = state % 3 == 0 and first + 1 or (state >> 8) % #names + 1 -- a third are pairs of the file, the others meet by chance
  io.write(names[first], "\t", names[(second - 1) % #names + 1], "\n")
end
