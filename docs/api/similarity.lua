---@meta annalist.similarity
-- A part of the script API; annalist.lua says how these files are read.

---How alike strings and sets are. Plugins have it as well. Lengths and distances are in characters.
---@class annalist.similarity
local similarity = {}

---Insertions, deletions and substitutions from `a` to `b`; with a limit, everything above it is limit + 1.
---```lua
---print(annalist.similarity.levenshtein("Brandt", "Brant"))   --> 1
---```
---@param a string
---@param b string
---@param limit? integer
---@return integer
function similarity.levenshtein(a, b, limit) end

---The same, and two neighbours that changed places count once.
---```lua
---print(annalist.similarity.damerau("Brandt", "Barndt"))   --> 1
---```
---@param a string
---@param b string
---@return integer
function similarity.damerau(a, b) end

---1 - levenshtein / the longer length.
---```lua
---print(annalist.similarity.ratio("abcd", "abcx"))   --> 0.75
---```
---@param a string
---@param b string
---@return number
function similarity.ratio(a, b) end

---Jaro's similarity.
---```lua
---print(annalist.similarity.jaro("Tal", "Tal"))   --> 1.0
---```
---@param a string
---@param b string
---@return number
function similarity.jaro(a, b) end

---Jaro's similarity, raised where the beginnings agree (Winkler).
---```lua
---print(annalist.similarity.jaro_winkler("Merrow", "Merow") > annalist.similarity.jaro("Merrow", "Merow"))   --> true
---```
---@param a string
---@param b string
---@return number
function similarity.jaro_winkler(a, b) end

---Dice's coefficient of the n-grams (2 if left out).
---```lua
---print(annalist.similarity.dice("night", "nacht"))   --> 0.25
---```
---@param a string
---@param b string
---@param n? integer
---@return number
function similarity.dice(a, b, n) end

---`ratio` of the strings with their words folded and sorted.
---```lua
---print(annalist.similarity.token_sort("Ilse Brandt", "BRANDT Ilse"))   --> 1.0
---```
---@param a string
---@param b string
---@return number
function similarity.token_sort(a, b) end

---Each word's best partner in the other string, averaged over both directions (Monge and Elkan).
---```lua
---print(annalist.similarity.monge_elkan("Ilse Brandt", "Brandt Ilse"))   --> 1.0
---```
---@param a string
---@param b string
---@return number
function similarity.monge_elkan(a, b) end

---The length of the longest common subsequence.
---```lua
---print(annalist.similarity.lcs("Talbrook", "Tabrok"))   --> 6
---```
---@param a string
---@param b string
---@return integer
function similarity.lcs(a, b) end

---A cheapest way from `a` to `b`, as a list of { op, a_char, b_char }; op is match, substitute, delete or insert.
---```lua
---print(annalist.similarity.alignment("ab", "ac")[2].op)   --> substitute
---```
---@param a string
---@param b string
---@return { op: string, a_char?: string, b_char?: string }[]
function similarity.alignment(a, b) end

---64-bit hashes of every row of n words, in order of the text.
---```lua
---print(#annalist.similarity.shingles("the river rose by two metres", 3))   --> 4
---```
---@param s string
---@param n integer
---@return integer[]
function similarity.shingles(s, n) end

---A signature of k values; the share of values that two signatures have in common estimates their sets' Jaccard similarity.
---```lua
---local hashes = annalist.similarity.shingles("the river rose by two metres", 2)
---print(#annalist.similarity.minhash(hashes, 16))   --> 16
---```
---@param hashes integer[]
---@param k integer
---@param seed? integer
---@return integer[]
function similarity.minhash(hashes, k, seed) end

---Size of the intersection by size of the union, of two sorted arrays without repetitions.
---```lua
---print(annalist.similarity.jaccard({ 1, 2, 3 }, { 2, 3, 4 }))   --> 0.5
---```
---@param a integer[]
---@param b integer[]
---@return number
function similarity.jaccard(a, b) end

---Rows of at least `minimum` words that both arrays have, as { a, b, length } with the places where they begin.
---```lua
---local runs = annalist.similarity.common_runs({ "a", "b", "c", "d" }, { "x", "b", "c", "d" }, 2)
---print(runs[1].a, runs[1].b, runs[1].length)   --> 2	2	3
---```
---@param words_a (string|integer)[]
---@param words_b (string|integer)[]
---@param minimum integer
---@return { a: integer, b: integer, length: integer }[]
function similarity.common_runs(words_a, words_b, minimum) end
