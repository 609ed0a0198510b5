---@meta annalist.text
-- A part of the script API; annalist.lua says how these files are read.

---Unicode, words and sentences. Plugins have it as well. Positions are bytes, 1-based, both ends included; nothing here
---fails on bad UTF-8.
---@class annalist.text
local text = {}

---Where the words stand: two arrays, of first and of last bytes. "don't", "U.S" and "3.5" are one word each.
---```lua
---local starts, ends = annalist.text.words("Don't panic, it's 3.5 km")
---print(#starts, starts[2], ends[2])   --> 5	7	11
---```
---@param s string
---@param first? integer
---@param last? integer
---@return integer[] starts, integer[] ends
function text.words(s, first, last) end

---Words and punctuation; `kinds[i]` is "word", "number", "punct" or "symbol".
---```lua
---local _, _, kinds = annalist.text.tokens("5 killed.")
---print(table.concat(kinds, " "))   --> number word punct
---```
---@param s string
---@param first? integer
---@param last? integer
---@return integer[] starts, integer[] ends, string[] kinds
function text.tokens(s, first, last) end

---Where the sentences stand: two arrays. Abbreviations and initials don't end one.
---```lua
---local starts = annalist.text.sentences("Dr. A. Hill spoke. Nobody listened.")
---print(#starts)   --> 2
---```
---@param s string
---@param first? integer
---@param last? integer
---@param abbreviations? any  a set of one's own, from `text.abbreviations`
---@return integer[] starts, integer[] ends
function text.sentences(s, first, last, abbreviations) end

---In small letters.
---```lua
---print(annalist.text.lower("БИШКЕК"))   --> бишкек
---```
---@param s string
---@return string
function text.lower(s) end

---In capitals.
---```lua
---print(annalist.text.upper("straße"))   --> STRASSE
---```
---@param s string
---@return string
function text.upper(s) end

---Each word with a capital.
---```lua
---print(annalist.text.title("new harbour"))   --> New Harbour
---```
---@param s string
---@return string
function text.title(s) end

---Full case folding: what is the same but for case folds to the same.
---```lua
---print(annalist.text.fold("STRASSE") == annalist.text.fold("Straße"))   --> true
---```
---@param s string
---@return string
function text.fold(s) end

---Latin letters without accents.
---```lua
---print(annalist.text.ascii("Łódź"))   --> Lodz
---```
---@param s string
---@return string
function text.ascii(s) end

---From any script to plain Latin letters.
---```lua
---print(annalist.text.latin("Жапаров"))   --> Zaparov
---```
---@param s string
---@return string
function text.latin(s) end

---Any transform of ICU, by its id.
---```lua
---print(annalist.text.transliterate("Чуй", "Russian-Latin/BGN"))   --> Chuy
---```
---@param s string
---@param id string
---@return string
function text.transliterate(s, id) end

---The key under which a name is looked up: Latin, folded, without punctuation.
---```lua
---print(annalist.text.key("O'Neill-Žukov"))   --> oneill zukov
---```
---@param s string
---@return string
function text.key(s) end

---The consonant skeleton of the key, which spellings of one name tend to share.
---```lua
---print(annalist.text.skeleton("Brandt") == annalist.text.skeleton("Brendt"))   --> true
---```
---@param s string
---@return string
function text.skeleton(s) end

---In normal form C, as comparisons want it.
---```lua
---print(#annalist.text.nfc("e\u{301}"))   --> 2
---```
---@param s string
---@return string
function text.nfc(s) end

---True if it is valid UTF-8; otherwise false and the first bad byte.
---```lua
---print(annalist.text.valid("ab\xff"))   --> false	3
---```
---@param s string
---@return boolean, integer?
function text.valid(s) end

---Valid UTF-8, with U+FFFD for what was bad, and how many such places there were.
---```lua
---print(annalist.text.sanitize("ab\xffc"))   --> ab�c	1
---```
---@param s string
---@return string, integer
function text.sanitize(s) end

---How many characters.
---```lua
---print(annalist.text.length("мост"))   --> 4
---```
---@param s string
---@return integer
function text.length(s) end

---How many columns on a terminal.
---```lua
---print(annalist.text.width("日本"))   --> 4
---```
---@param s string
---@return integer
function text.width(s) end

---At most so many columns, cut between characters, with "…" where something is missing.
---```lua
---print(annalist.text.clip("state of emergency", 9))   --> state of…
---```
---@param s string
---@param columns integer
---@return string
function text.clip(s, columns) end

---The script of most letters, as ISO 15924.
---```lua
---print(annalist.text.script("Мост closed"), annalist.text.script("Бишкек"))   --> Latn	Cyrl
---```
---@param s string
---@return string
function text.script(s) end

---The outer shape of a word.
---```lua
---print(annalist.text.shape("Talas"), annalist.text.shape("U.S."))   --> Xxxx	X.X.
---```
---@param s string
---@return string
function text.shape(s) end

---True if it has letters, and none of them small.
---```lua
---print(annalist.text.is_upper("UN"))   --> true
---```
---@param s string
---@return boolean
function text.is_upper(s) end

---True if it begins with a capital and goes on with small letters.
---```lua
---print(annalist.text.is_title("McKay"))   --> true
---```
---@param s string
---@return boolean
function text.is_title(s) end

---One blank for every row of white space, none at the ends.
---```lua
---print(annalist.text.normal_space("  a \n b "))   --> a b
---```
---@param s string
---@return string
function text.normal_space(s) end

---The language, as a code ("und" if nothing can be said), and how sure that is, 0 to 1.
---```lua
---print((annalist.text.language("The river rose by two metres on Tuesday and closed both bridges of the town.")))   --> en
---```
---@param s string
---@return string, number
function text.language(s) end

---A set of abbreviations for `text.sentences`, beside the built-in ones; written without the last full stop. Each is of a kind:
---"name" (never ends a sentence: Dr), "number" (not before a number: No), "after" (as Inc), or "none" (takes a built-in one out).
---```lua
---local own = annalist.text.abbreviations { obl = "name" }
---print(#annalist.text.sentences("He lives in Osh Obl. Talas is far.", nil, nil, own))   --> 1
---```
---@param kinds table<string, "name"|"number"|"after"|"none">
---@return any
function text.abbreviations(kinds) end

---A set of words with which something that you look for can begin. An entry is a word, or a word and the list of words of which one must
---follow. The word "0" stands for small numbers ("12 days"); other numbers are always found. `triggers:find(s, from [, behind])` gives the
---position of the next one at or after byte `from` (with `behind`, after the word that stands there), or nil: one fast pass, for a grammar
---that need not be tried everywhere.
---```lua
---local days = annalist.text.triggers { { "today" }, { "the", { "morning", "evening" } } }
---print(days:find("The dog slept until the evening.", 1))   --> 21
---```
---@param entries table
---@return any
function text.triggers(entries) end
