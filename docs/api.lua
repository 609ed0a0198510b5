---@meta annalist
-- The script API of annalist, for editors (LuaCATS) and for docs/api.md, which `annalist scripts/docs.lua` makes of this file.
-- Every example is run by a test, over the corpus that `annalist load floods.db docs/examples/floods.jsonl` makes: three short
-- articles on a flood. What `print` shows stands behind `-->`.

---What a script gets with `local annalist = require "annalist"`; `-e` and the REPL have it as a global.
---@class annalist
---@field null any     the NULL of SQL and the null of JSON, where a plain nil would leave a hole in a list
---@field version string
---@field text annalist.text
---@field similarity annalist.similarity
---@field json annalist.json
local annalist = {}

---Opens a corpus file. With `<close>` it is closed at the end of the block; otherwise call `corpus:close()`.
---```lua
---local corpus <close> = annalist.open("floods.db")
---print(corpus:count())   --> 3
---```
---@param path string
---@param mode? "read"|"write"  "read" if left out
---@return Corpus
function annalist.open(path, mode) end

---Prints any value as the REPL does: rows as columns, an article as its head, a table with its keys in order.
---```lua
---annalist.show { name = "Ilse Brandt", articles = { 1, 2 } }   --> { articles = { 1, 2 }, name = "Ilse Brandt" }
---```
---@param value any
function annalist.show(value) end

---A corpus file: sources, articles, and the tables that plugins filled.
---@class Corpus
---@field path string
---@field mode "read"|"write"
local Corpus = {}

---Articles in the order in which they were loaded, filtered by any of these fields:
---`date` (a day, month or year), `from` and `to` (both included; an article whose date is known to the year alone stays in when it
---may lie between), `outlet`, `language`, `author`, `title`, `url`, `external_id`, `article_id` (a value or a list of values),
---`source` (a path), `text` (a full-text query), `with` (a table, a list of tables, or tables with filters: the article has such rows).
---The date is that of `published` where that plugin has run, else the declared one.
---```lua
---for article in corpus:articles { outlet = "Merrow Courier", from = "2021-05-10" } do
---  print(article.title)   --> Bridges open again in Merrow
---end
---print(corpus:articles { text = "emergency", date = "2021-05" }:count())   --> 2
---print(corpus:articles { with = { sentence = { ordinal = 3 } } }:first().article_id)   --> 1
---```
---@param filters? table
---@return Rows
function Corpus:articles(filters) end

---One article by its id, or nil.
---```lua
---print(corpus:article(2))   --> article 2: Hundreds flee as the Tal floods Merrow (Talbrook Gazette, 2021-05-05)
---```
---@param article_id integer
---@return Article?
function Corpus:article(article_id) end

---How many articles there are, of those that the filters of `corpus:articles` leave.
---```lua
---print(corpus:count { language = "en" })   --> 3
---```
---@param filters? table
---@return integer
function Corpus:count(filters) end

---Rows of any table as records, in the order of the primary key. `filters` holds a value or a list of values by column.
---A column that is NULL is absent from the record.
---```lua
---for row in corpus:rows("article", { outlet = { "Talbrook Gazette" } }) do
---  print(row.article_id, row.declared_date)   --> 2	2021-05-05
---end
---```
---@param name string
---@param filters? table
---@param options? { order?: string, limit?: integer }  order as in SQL: "value desc"
---@return Rows
function Corpus:rows(name, filters, options) end

---Full-text hits, best articles first, as records with article_id, outlet, date, title, first, last, before, match, after.
---The query has words, "phrases", AND, OR, NOT, NEAR(a b, 5), prefix*; what is no valid query is taken word by word.
---```lua
---for hit in corpus:search("\"state of emergency\"", { limit = 1, context = 12 }) do
---  print(hit.article_id, hit.before .. "[" .. hit.match .. "]" .. hit.after)   --> 1	ir homes. A [state of emergency] will hold …
---end
---```
---@param query string
---@param options? { limit?: integer, context?: integer }  context: columns on either side, 40 if left out
---@return Rows
function Corpus:search(query, options) end

---Runs a plugin, or several, and first what they need. What is there already and still holds is not done again.
---Returns `steps` (plugin, status, articles, ran, cached, failed, rows, …), `errors`, `files` and `failed`.
---```lua
---local result = corpus:run("sentences")
---print(result.failed, result.steps[#result.steps].plugin)   --> 0	sentences
---```
---@param plugins string|string[]
---@param options? { set?: table<string, any>, use?: table<string, string>, paths?: string[], jobs?: integer, force?: boolean, output?: string, strict?: boolean }
---@return table
function Corpus:run(plugins, options) end

---The rows of a query with bound parameters, as records. Integers stay integers, text with NUL bytes survives.
---Parameters are given one by one for `?`, or as one table for `:name`.
---```lua
---for row in corpus:sql("select outlet, count(*) as n from article where language = :l group by 1 order by 1", { l = "en" }) do
---  print(row.outlet, row.n)
---end
-----> Merrow Courier	2
-----> Talbrook Gazette	1
---```
---@param sql string
---@param ... any
---@return Rows
function Corpus:sql(sql, ...) end

---The same as lists in the order of the columns, NULL as `annalist.null`. Columns may share a name here.
---```lua
---local row = corpus:lists("select 1, null, 'two'"):first()
---print(row[1], row[2] == annalist.null, row[3])   --> 1	true	two
---```
---@param sql string
---@param ... any
---@return Rows
function Corpus:lists(sql, ...) end

---The first row of a query as a record, or nil.
---```lua
---print(corpus:row("select title from article where article_id = ?", 3).title)   --> Bridges open again in Merrow
---```
---@param sql string
---@param ... any
---@return table?
function Corpus:row(sql, ...) end

---The first value of the first row, or nil.
---```lua
---print(corpus:value("select max(declared_date) from article"))   --> 2021-05-12
---```
---@param sql string
---@param ... any
---@return any
function Corpus:value(sql, ...) end

---Runs a statement that changes something; returns how many rows were changed. The corpus must be open for writing.
---Tables of your own are best named so that no plugin's table can be meant.
---```lua
---corpus:execute("create table my_notes (article_id integer, note text)")
---print(corpus:execute("insert into my_notes values (?, ?)", 1, "check the number of families"))   --> 1
---```
---@param sql string
---@param ... any
---@return integer
function Corpus:execute(sql, ...) end

---A prepared statement, for what is run many times. It closes itself.
---```lua
---local titles = corpus:prepare("select title from article where article_id = ?")
---print(titles:row(1).title)   --> Flood closes two bridges in Merrow
---```
---@param sql string
---@return Statement
function Corpus:prepare(sql) end

---Calls `f(corpus)` in a transaction: committed when it returns, taken back when it raises, which is raised again.
---```lua
---corpus:execute("create table my_marks (article_id integer)")
---pcall(corpus.transaction, corpus, function()
---  corpus:execute("insert into my_marks values (1)")
---  error("changed my mind")
---end)
---print(corpus:value("select count(*) from my_marks"))   --> 0
---```
---@param f fun(corpus: Corpus): ...
---@return any ...
function Corpus:transaction(f) end

---The names of all tables.
---```lua
---print(corpus:tables()[2])   --> article
---```
---@return string[]
function Corpus:tables() end

---The names of a table's columns, in their order.
---```lua
---print(table.concat(corpus:columns("run_error"), " "))   --> run_id article_id message
---```
---@param name string
---@return string[]
function Corpus:columns(name) end

---True if there is such a table.
---```lua
---print(corpus:has_table("article"), corpus:has_table("weather"))   --> true	false
---```
---@param name string
---@return boolean
function Corpus:has_table(name) end

---True if an article has rows in a table.
---```lua
---print(corpus:has_rows("run_error", 1))   --> false
---```
---@param name string
---@param article_id integer
---@return boolean
function Corpus:has_rows(name, article_id) end

---A table's name as SQL takes it; an error that names the nearest if there is no such table.
---```lua
---print(corpus:quoted("article"))   --> "article"
---```
---@param name string
---@return string
function Corpus:quoted(name) end

---False after `close`.
---```lua
---print(corpus:is_open())   --> true
---```
---@return boolean
function Corpus:is_open() end

---Closes the file. Closing twice is no error.
---```lua
---local other = annalist.open("floods.db")
---other:close()
---print(other:is_open())   --> false
---```
function Corpus:close() end

---What `articles`, `rows`, `search`, `sql` and `lists` return: to be iterated over once with `for`, or taken as a whole.
---@class Rows
---@field columns string[]
local Rows = {}

---All rows that are still to come, as a list.
---```lua
---print(#corpus:articles():all())   --> 3
---```
---@return table[]
function Rows:all() end

---The next row, or nil.
---```lua
---print(corpus:articles():first().outlet)   --> Merrow Courier
---```
---@return table?
function Rows:first() end

---How many rows are still to come; they are gone afterwards.
---```lua
---print(corpus:rows("source"):count())   --> 1
---```
---@return integer
function Rows:count() end

---Gives back what the query holds, when not all rows are wanted.
---```lua
---local rows = corpus:articles()
---print(rows:first().article_id)   --> 1
---rows:close()
---print(rows:first())   --> nil
---```
function Rows:close() end

---An article: its columns as fields, the text read when it is first asked for.
---@class Article
---@field article_id integer
---@field source_id integer
---@field ordinal integer
---@field external_id? string
---@field sha256 string
---@field url? string
---@field outlet? string
---@field title? string
---@field author? string
---@field declared_date? string
---@field language? string
---@field text string        all of it; positions are bytes of this
---@field body_first integer where the text as given begins, when a headline was put before it
---@field date? string       as found by `published`, else as declared
---@field path string        the file that it came from
local Article = {}

---The sentences, as a list of records with first, last and text: those of the plugin that splits them, where it has run.
---```lua
---local sentences = corpus:article(3):sentences()
---print(sentences[#sentences].text:sub(1, 16))   --> The repairs cost
---```
---@return { first: integer, last: integer, text: string }[]
function Article:sentences() end

---Bytes `first` to `last` as a record with text, before, after; `tostring` of it is one line with the passage in brackets.
---```lua
---local article = corpus:article(1)
---local first, last = article.text:find("40 families", 1, true)
---print(article:passage(first, last, 5))   --> Some [40 families] left
---```
---@param first integer
---@param last integer
---@param context? integer  bytes on either side, 60 if left out
---@return { article_id: integer, first: integer, last: integer, text: string, before: string, after: string }
function Article:passage(first, last, context) end

---This article's rows of a table, with filters as in `corpus:rows`.
---```lua
---print(corpus:article(1):rows("article"):first().external_id)   --> courier-118
---```
---@param name string
---@param filters? table
---@return Rows
function Article:rows(name, filters) end

---A prepared statement, as `corpus:prepare` returns it.
---@class Statement
local Statement = {}

---Runs it; returns how many rows were changed.
---```lua
---corpus:execute("create table my_numbers (n integer)")
---local insert = corpus:prepare("insert into my_numbers values (?)")
---for n = 1, 3 do insert:run(n) end
---print(corpus:value("select sum(n) from my_numbers"))   --> 6
---```
---@param ... any
---@return integer
function Statement:run(...) end

---The rows as records.
---```lua
---local by_outlet = corpus:prepare("select article_id from article where outlet = ?")
---for row in by_outlet:rows("Talbrook Gazette") do print(row.article_id) end   --> 2
---```
---@param ... any
---@return function
function Statement:rows(...) end

---The first row as a record, or nil.
---```lua
---print(corpus:prepare("select ? + 1 as next"):row(41).next)   --> 42
---```
---@param ... any
---@return table?
function Statement:row(...) end

---The names of the columns.
---```lua
---print(table.concat(corpus:prepare("select 1 as a, 2 as b"):columns(), " "))   --> a b
---```
---@return string[]
function Statement:columns() end

---Closes it before its time.
---```lua
---corpus:prepare("select 1"):close()
---```
function Statement:close() end

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

---JSON, small and strict: integers stay integers, null is `annalist.null`, keys come out sorted.
---@class annalist.json
---@field null any
local json = {}

---The value as JSON text; `indent` writes it over several lines.
---```lua
---print(annalist.json.encode { b = { 1, annalist.null }, a = 2.5 })   --> {"a":2.5,"b":[1,null]}
---```
---@param value any
---@param options? { indent?: integer }
---@return string
function json.encode(value, options) end

---The value of a JSON text. Raises "line N: what is wrong".
---```lua
---print(annalist.json.decode('{"n": 9007199254740993}').n)   --> 9007199254740993
---```
---@param s string
---@return any
function json.decode(s) end

---Marks a table as an array, so that it is written as `[]` also when it is empty.
---```lua
---print(annalist.json.encode(annalist.json.array {}))   --> []
---```
---@param list? table
---@return table
function json.array(list) end

---Marks a table as an object, so that it is written as `{}` also when it is empty.
---```lua
---print(annalist.json.encode(annalist.json.object {}))   --> {}
---```
---@param record? table
---@return table
function json.object(record) end

return annalist
