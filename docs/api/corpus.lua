---@meta annalist.corpus
-- A part of the script API; annalist.lua says how these files are read.

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
