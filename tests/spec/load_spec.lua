-- `annalist load`: each format, what is wrong with a source and where, the same again, and what stays after a kill.

local loader = require "annalist.loader"
local sqlite = require "annalist.sqlite"
local system = require "annalist.system"

local fixtures = system.home() .. "/tests/fixtures/load/"

describe("load", function()
  local folder, corpus

  before_each(function()
    folder = assert(system.temporary_directory())
    corpus = folder .. "/c.db"
  end)
  after_each(function() os.execute("chmod -R u+rwx '" .. folder .. "'; rm -rf '" .. folder .. "'") end)

  local function file(name, bytes)
    assert(system.mkdir(system.dirname(folder .. "/" .. name)))
    assert(system.write(folder .. "/" .. name, bytes))
    return folder .. "/" .. name
  end

  local function load(paths, more)
    local request = { corpus = corpus, paths = type(paths) == "table" and paths or { paths } }
    for key, value in pairs(more or {}) do request[key] = value end
    return loader.load(request)
  end

  local function rows(sql, ...)
    local db <close> = sqlite.corpus(corpus)
    return db:all(sql, ...)
  end

  local function only(sql, ...)
    local all = rows(sql, ...)
    assert.equal(1, #all)
    return all[1]
  end

  local function problems(result)
    local lines = {}
    for i, e in ipairs(result.errors) do
      lines[i] = (e.member and e.member .. ": " or "") .. (e.line and e.line .. ": " or "") .. e.message
    end
    return table.concat(lines, "\n")
  end

  describe("text", function()
    it("keeps UTF-8 byte for byte", function()
      local text = "The Žiga bridge is shut.\r\n\r\n  Two words…\n\n"
      load(file("a.txt", text))
      local article = only "select * from article"
      assert.equal(text, article.text)
      assert.equal(1, article.body_first)
      assert.is_nil(article.title)
    end)

    it("takes a byte order mark away and nothing else", function()
      load(file("a.txt", "\xEF\xBB\xBFA marked text.\n"))
      assert.equal("A marked text.\n", only("select text from article").text)
    end)

    it("guesses an old encoding, converts it, and records what it took", function()
      load(file("a.txt", "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0! \xdd\xf2\xee \xed\xee\xe2\xee\xf1\xf2\xfc \xe8\xe7 \xe3\xee\xf0\xee\xe4\xe0."))
      assert.equal("Привет, мир! Это новость из города.", only("select text from article").text)
      assert.equal("text/windows-1251", only("select format from source").format)
    end)

    it("reads UTF-16 with and without its mark", function()
      load { file("a.txt", "\xFF\xFEn\0e\0w\0s\0"), file("b.txt", "m\0o\0r\0e\0 \0n\0e\0w\0s\0") }
      local all = rows "select text from article order by article_id"
      assert.same({ { text = "news" }, { text = "more news" } }, all)
    end)

    it("reads UTF-16 of any script and in any format, and records it", function()
      local function wide(text, form)
        local units = {}
        for _, c in utf8.codes(text) do units[#units + 1] = string.pack(form, c) end
        return table.concat(units)
      end
      local russian, japanese = "Совет порта закрыл старый пирс.\n", "港湾評議会は3月、古い桟橋を閉鎖した。\n"
      load { file("a.txt", wide(russian, "<I2")), file("b.txt", wide(japanese, ">I2")), file("c.jsonl", wide('{"text": "Лодки целы."}\n', "<I2")),
        file("d.txt", "\xFF\xFE\0\0" .. wide("Four bytes each.", "<I4")) }
      assert.same({
        { text = russian, format = "text/utf-16le" }, { text = japanese, format = "text/utf-16be" }, { text = "Лодки целы.", format = "jsonl/utf-16le" },
        { text = "Four bytes each.", format = "text/utf-32le" },
      }, rows "select text, format from article join source using (source_id) order by article_id")
    end)

    it("gives languages their present codes, without a script", function()
      load { file("a.txt", ("港務委員會在星期一關閉了舊碼頭，因為風暴中有兩艘船漂走。"):rep(3)), file("b.txt", ("מועצת הנמל סגרה את המזח הישן ביום שני."):rep(3)) }
      assert.same({ { language = "zh" }, { language = "he" } }, rows "select language from article order by article_id")
    end)

    it("names an empty file, a NUL byte, and a picture", function()
      local result = load { file("a.txt", ""), file("b.txt", "ab\0cd is no text"), file("c.txt", "\x89PNG\r\n\26\n\0\0\0\rIHDR") }
      assert.equal(3, result.failed)
      assert.equal("is empty\nholds a NUL byte (at byte 3): is no text\nis a PNG picture", problems(result))
      assert.equal(3, #rows "select 1 from source where status = 'failed' and error is not null")
    end)
  end)

  describe("JSONL", function()
    it("puts the headline before the text and says where the given text begins", function()
      local body = "Body with é and a \"quote\".\n\nSecond.\n"
      load(file("a.jsonl", '{"id": 7, "title": "A\\n head  line", "text": "Body with \\u00e9 and a \\"quote\\".\\n\\nSecond.\\n", "outlet": "Courier",'
        .. '"date": "Tue, 06 Oct 2020 21:00:05 +0600", "url": "https://c.example/7", "author": ["Ann Lee", {"name": "Bo Chen"}], "language": "en-GB"}\n'))
      local article = only "select * from article"
      assert.equal("A head line\n\n" .. body, article.text)
      assert.equal(body, article.text:sub(article.body_first))
      assert.same({ "7", "A head line", "Courier", "2020-10-06T21:00", "https://c.example/7", "Ann Lee; Bo Chen", "en" },
        { article.external_id, article.title, article.outlet, article.declared_date, article.url, article.author, article.language })
      assert.is_nil(article.language_confidence)
    end)

    it("names each bad line and loads the others", function()
      local result = load(file("a.jsonl", '{"text": "First."}\n{"text": "cut\n\n[1]\n{"id": 3}\n{"text": 5}\n{"text": "bad \xff"}\n{"text":"Last."} x\n{"text": "Last."}\n'))
      assert.equal(2, result.articles)
      assert.equal([[
2: is not valid JSON: a string without its closing quote (at byte 14)
4: is a list where an object is expected
5: has no text (its fields are: id; name it with --field text=NAME)
6: the field text is a number, not a string
7: is not valid UTF-8: byte ff in the field text
8: is not valid JSON: something follows the object (at byte 18)]], problems(result))
      assert.equal("partial", only("select status from source").status)
      assert.equal(6, #rows "select * from source_error where line is not null")
    end)

    it("passes over a line that is too long, in little memory", function()
      local out = assert(io.open(folder .. "/a.jsonl", "wb"))
      out:write('{"text": "')
      local piece = ("all work and no play "):rep(50000)
      for _ = 1, 60 do out:write(piece) end
      out:write('"}\n{"text": "The line after."}\n')
      out:close()
      local result = load(folder .. "/a.jsonl")
      assert.equal("1: is longer than 16 MB", problems(result))
      assert.equal("The line after.", only("select text from article").text)
    end)

    it("takes other field names, given and common ones", function()
      load(file("a.jsonl", '{"content": "Common name.", "publishedAt": "2020-10-06", "source": {"name": "Wire"}}\n'))
      load(file("b.jsonl", '{"story_html": "no", "words": "Given name.", "content": "Not this."}\n'), { fields = { text = "words" } })
      local all = rows "select text, declared_date, outlet from article order by article_id"
      assert.same({ text = "Common name.", declared_date = "2020-10-06", outlet = "Wire" }, all[1])
      assert.equal("Given name.", all[2].text)
    end)

    it("finds the articles of an answer that is one line, and in the envelope of a search engine", function()
      local result = load { file("a.json", '{"status":"ok","articles":[{"content":"First."},{"content":"Second."},{"id":1}]}'),
        file("b.jsonl", '{"_index":"n","_id":"x7","_source":{"text":"Third.","title":"T"}}\n') }
      assert.equal(3, result.articles)
      assert.equal("1: has no text (its fields are: id; name it with --field text=NAME)", problems(result))
      assert.equal("x7", only("select external_id from article where title = 'T'").external_id)
    end)

    it("takes the list, not the title that an answer has beside it", function()
      load(file("a.json", '{"title": "My feed", "items": [{"title": "One", "content_text": "First."}, {"content_html": "<p>Second.</p>"}]}'))
      assert.same({ { text = "One\n\nFirst." }, { text = "<p>Second.</p>" } }, rows "select text from article order by article_id")
    end)

    it("keeps NUL characters in a text", function()
      load(file("a.jsonl", '{"text": "one\\u0000two"}\n'))
      assert.equal("one\0two", only("select text from article").text)
    end)
  end)

  describe("other formats", function()
    local function titles(name)
      local result = load(fixtures .. name)
      local lines = {}
      for i, a in ipairs(rows "select title, text, body_first from article order by article_id") do
        lines[i] = (a.title or "-") .. " | " .. a.text:sub(a.body_first):gsub("\n", "/"):sub(1, 40)
      end
      return table.concat(lines, "\n"), problems(result)
    end

    it("JSON: a list, an object that holds one, one that is cut off", function()
      assert.same({ "x | First of a list\n- | Second ] , of",
        "2: is a number where an object is expected\n3: has no text (its fields are: nothing; name it with --field text=NAME)" }, { titles "a.json" })
      os.remove(corpus)
      assert.same({ "Wrapped | Wrapped body\n- | Two body", "" }, { titles "w.json" })
      os.remove(corpus)
      assert.same({ "- | First of another list", "ends in the middle of a record (line 1): the file is cut off" }, { titles "cut.json" })
    end)

    it("tables: several-line cells, rows of another length, other separators and encodings", function()
      assert.same({ 'One, two | A cell/of two "lines".\nThird | More text', "4: has 6 cells where the first row has 5\n6: a quote is opened and never closed" },
        { titles "t.csv" })
      os.remove(corpus)
      assert.same({ "- | Straße gesperrt für alle", "" }, { titles "semi.csv" })
      assert.equal("2020-05", only("select declared_date from article").declared_date)
      os.remove(corpus)
      assert.same({ "- | Привет мир текст", "" }, { titles "t16.tsv" })
      local result = load(file("x.csv", "a,b\n1,2\n"))
      assert.equal("has no column that is the text (its columns are: a, b); name it with --field text=NAME", problems(result))
    end)

    it("tables: known by their rows whatever they are called, and with the line ends of old Macs", function()
      load { file("a.txt", 'title;text\nPier closed;"On Monday; at noon"\nBoats;Two are adrift.\n'), file("b.csv", "id,text\r1,Old mac.\r2,Two rows.\r"),
        file("c.txt", "On Monday, the council closed the pier; two boats, the mayor said, had broken loose in it.\nMore, then.\n") }
      assert.same({ { title = "Pier closed", format = "csv" }, { title = "Boats", format = "csv" }, { format = "csv" }, { format = "csv" }, { format = "text" } },
        rows "select title, format from article join source using (source_id) order by article_id")
    end)

    it("tables: a quote that is never closed costs its own line", function()
      local result = load(file("a.csv", 'id,text\n1,First.\n2,"Second.\n3,Third.\n4,"A cell\nof two lines."\n5,Fifth.\n6,"Sixth.\n7,Seventh.\n'))
      assert.equal([[
3: something stands between a cell's closing quote and the next separator
6: has 1 cell where the first row has 2
8: a quote is opened and never closed]], problems(result))
      assert.same({ { text = "First." }, { text = "Fifth." }, { text = "Seventh." } }, rows "select text from article order by article_id")
    end)

    it("tables: the same in another encoding", function()
      local result = load(file("a.csv", 'id,text\n1,Caf\xe9 closed.\n2,"Second.\n3,Third.\n'))
      assert.equal("3: a quote is opened and never closed", problems(result))
      assert.same({ { text = "Café closed." }, { text = "Third." } }, rows "select text from article order by article_id")
    end)

    it("XML of another kind is refused by name; a feed's encoding is recorded", function()
      local result = load { file("a.xml", '<?xml version="1.0"?><urlset><url><loc>https://c.example/</loc></url></urlset>'),
        file("b.xml", '<?xml version="1.0" encoding="windows-1251"?><rss><channel><title>\xca</title><item><title>\xcf\xe8\xf0\xf1</title></item></channel></rss>') }
      assert.equal("is XML of no kind that can be read: its root is <urlset>", problems(result))
      assert.same({ text = "Пирс", format = "feed/windows-1251" }, only "select text, format from article join source using (source_id)")
    end)

    it("feeds: the longest body, without markup; the channel is the outlet", function()
      assert.same({ "Pier & quay closed | The council closed the pier.//Boats move\nEmpty one | ", "" }, { titles "rss.xml" })
      assert.equal("Amadel Courier", only("select outlet from article where title like 'Pier%'").outlet)
      os.remove(corpus)
      assert.same({ "Snow closes pass | Snow closed the pass.//Cars wait.", "" }, { titles "atom.xml" })
    end)

    it("web archives: pages and texts; revisits, pictures and errors are counted, not read", function()
      local result = load(fixtures .. "crawl.warc.gz")
      assert.same({ 3, 3, "" }, { result.articles, result.skipped, problems(result) })
      assert.equal("https://w.example/1 https://w.example/2 https://w.example/3",
        only("select group_concat(url, ' ') as urls from (select url from article order by url)").urls)
    end)

    it("a web archive whose last record is longer than the file keeps what came before", function()
      local result = load(fixtures .. "cut.warc")
      assert.equal(2, result.articles)
      assert.equal("record 7 (https://w.example/3) is longer than the file: 26 bytes are missing", problems(result))
    end)

    it("mail: encoded headers and bodies, attachments as sources, mailboxes", function()
      local all = titles "m.eml"
      assert.truthy(all:find("Привет pier closes | The café at the pier is closed.//Bye.", 1, true))
      assert.truthy(all:find("Ferry pier closes for winter | The harbour council", 1, true))
      assert.equal("pier.pdf", only("select member from source where member is not null").member)
      os.remove(corpus)
      assert.same({ "One | First mail./From here on.//\nTwo | Second mail./", "" }, { titles "box.mbox" })
      os.remove(corpus)
      load(fixtures .. "h.eml")
      assert.truthy(only("select text from article").text:find("mountain pass on Monday morning", 1, true))
    end)

    it("mail: attachments are known by names written in either way, and by their kind", function()
      load(file("a.eml", table.concat({ "From: a@c.example", "Subject: Three files", "Date: Tue, 6 Oct 2020 21:00 +0000", "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=q", "", "--q", "", "The files are with this.", "--q",
        'Content-Type: application/octet-stream; name="=?utf-8?B?0L/QuNGA0YEudHh0?="', "Content-Disposition: attachment", "", "The pier is shut.", "--q",
        "Content-Type: application/octet-stream", "Content-Disposition: attachment; filename*=utf-8''%D0%BC%D0%BE%D1%81%D1%82.txt", "", "The bridge is open.",
        "--q", "Content-Type: text/plain", "Content-Disposition: attachment", "", "A nameless one.", "--q--", "" }, "\r\n")))
      assert.same({ { member = "пирс.txt" }, { member = "мост.txt" }, { member = "attachment" } },
        rows "select member from source where member is not null order by source_id")
    end)

    it("web archives: bodies in pieces and packed, in the ways that servers do it", function()
      local page = "<html><head><title>Pier closed</title></head><body><article><p>" .. ("The council closed the pier on Monday after the storm. "):rep(8)
      local function record(url, head, body)
        local block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" .. head .. "\r\n\r\n" .. body
        return ("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"):format(url, #block, block)
      end
      -- "deflate" without the head of zlib: one stored block
      local stored = "\1" .. string.pack("<I2I2", #page, ~#page & 0xFFFF) .. page
      local result = load(file("a.warc", record("https://c.example/1", "Transfer-Encoding: chunked", ("%x\r\n%s\r\n0\r\n\r\n"):format(#page, page))
        .. record("https://c.example/2", "Content-Encoding: deflate", stored) .. record("https://c.example/3", "Content-Encoding: br", "\x8b\1\0\1\2\3")))
      assert.equal("https://c.example/3: its Content-Encoding br is not known here", problems(result))
      assert.same({ { url = "https://c.example/1" }, { url = "https://c.example/2" } }, rows "select url from article order by url")
    end)

    it("a page nested a hundred thousand deep costs at most itself", function()
      local deep = file("deep.html", "<html><body>" .. ("<div>"):rep(100000) .. "<p>Text at the bottom of it.</p>")
      local good = file("good.html", system.read(fixtures .. "h.eml"):match "\n\n(.*)")
      local result = load { deep, good }
      assert.equal(2, result.sources)
      assert.equal("Snow closes pass", only("select title from article join source using (source_id) where path = ?", good).title)
    end)

    it("PDF: lines joined to paragraphs, running heads left out, a scan named", function()
      local _, failures = titles "pier.pdf"
      assert.equal("", failures)
      local article = only "select * from article"
      assert.truthy(article.text:find("boats are moved to the government quay until April.", 1, true))
      assert.is_nil(article.text:find("Page 2", 1, true))
      assert.equal("2021-11-03T10:15", article.declared_date)
      local result = load(fixtures .. "scan.pdf")
      assert.equal("holds no text: its 1 page may be pictures (a scan)", problems(result))
    end)

    it("Word: paragraphs, without what was struck out", function()
      assert.same({ "Pier closes | The harbour council closed the pier.//No", "" }, { titles "pier.docx" })
    end)
  end)

  describe("archives", function()
    local function shell(command) assert(os.execute("cd '" .. folder .. "' && " .. command)) end

    it("reads what is in tar, gz and xz, each file a source", function()
      file("in/a.txt", "A text in a folder.")
      file("in/deep/b.jsonl", '{"text": "A line in a folder."}\n')
      shell "tar czf in.tgz in && rm -r in"
      local result = load(folder .. "/in.tgz")
      assert.equal(2, result.articles)
      assert.same({ { member = "in/a.txt", format = "text" }, { member = "in/deep/b.jsonl", format = "jsonl" } },
        rows "select member, format from source where member is not null order by member")
    end)

    it("refuses by name what climbs out, and links", function()
      local result = load(fixtures .. "hostile.zip")
      assert.equal("../../x.txt: leads out of the archive; not read\nlink.txt: is a link; not read", problems(result))
      assert.equal(1, result.articles)
    end)

    it("keeps what a truncated gzip gave, and says that it is truncated", function()
      local lines = {}
      for i = 1, 20000 do lines[i] = ('{"text": "Story %d on a bridge, of %d words."}\n'):format(i, i * 7919 % 1000) end
      file("a.jsonl", table.concat(lines))
      shell "gzip a.jsonl && head -c 100000 a.jsonl.gz > cut.jsonl.gz"
      local result = load(folder .. "/cut.jsonl.gz")
      assert.truthy(result.articles > 1000)
      assert.equal("can't be unpacked: truncated gzip input", problems(result))
      assert.equal("partial", only("select status from source").status)
    end)

    it("keeps what stands before the cut in a small gzip too, and looks at checksums", function()
      file("a.jsonl", '{"text": "First, and whole."}\n{"text": "Second."}\n' .. ('{"text": "Cut."}\n'):rep(9))
      file("b.jsonl", '{"text": "Its sum is wrong."}\n')
      shell "gzip a.jsonl b.jsonl && head -c 60 a.jsonl.gz > cut.jsonl.gz && { head -c -8 b.jsonl.gz; printf 12345678; } > sum.jsonl.gz && : | gzip > nothing.gz"
      local result = load { folder .. "/cut.jsonl.gz", folder .. "/sum.jsonl.gz", folder .. "/nothing.gz" }
      assert.equal("can't be unpacked: truncated gzip input\ncan't be unpacked: damaged gzip data (incorrect data check)\nis empty", problems(result))
      assert.same({ { status = "partial" }, { status = "partial" }, { status = "failed" } }, rows "select status from source order by source_id")
      assert.equal("First, and whole.", rows("select text from article order by article_id")[1].text)
    end)

    it("tells once what is wrong with a source, not again for each layer about it", function()
      local lines = {}
      for i = 1, 3000 do lines[i] = ('{"text": "Story %d on a bridge, of %d words."}\n'):format(i, i * 7919 % 1000) end
      file("a.jsonl", table.concat(lines))
      shell "tar cf a.tar a.jsonl && gzip a.tar && head -c 9000 a.tar.gz > cut.tar.gz"
      assert.equal("a.jsonl: can't be unpacked: truncated gzip input", problems(load(folder .. "/cut.tar.gz")))
      assert.equal("1: is not valid JSON: a string without its closing quote (at byte 12)", problems(load(file("half.json", '{"text": "A'))))
    end)

    it("leaves a bomb of many members at the first that is too much", function()
      shell [[mkdir in && head -c 15000000 /dev/zero | tr '\0' a > in/01.txt && for i in $(seq 2 30); do cp in/01.txt in/$(printf %02d $i).txt; done && tar cf - in | gzip -9 > bomb.tgz && rm -r in]]
      local result = load { folder .. "/bomb.tgz", file("good.txt", "A text beside it.") }
      assert.equal(2, #result.errors)
      assert.truthy(problems(result):find("unpacks to more than 250 times its size: a bomb, not read further", 1, true))
      assert.equal(1, #rows "select 1 from article where text = 'A text beside it.'")
    end)

    it("stops at a bomb", function()
      shell "{ echo '{\"text\": \"A first line.\"}'; head -c 300000000 /dev/zero | tr '\\0' a; } | gzip -1 | gzip -9 > bomb.jsonl.gz.gz"
      local result = load(folder .. "/bomb.jsonl.gz.gz")
      assert.equal("unpacks to more than 250 times its size: a bomb, not read further", problems(result))
      assert.equal(1, result.articles)
    end)
  end)

  describe("folders and odd paths", function()
    it("takes files in byte order of their names, but no hidden ones and no README", function()
      file("in/b.txt", "Text b.")
      file("in/B.txt", "Text B.")
      file("in/a/z.txt", "Text z.")
      file("in/.hidden.txt", "Hidden.")
      file("in/README.md", "What these files are.")
      load(folder .. "/in")
      local texts = {}
      for i, row in ipairs(rows "select text from article order by article_id") do texts[i] = row.text end
      assert.same({ "Text B.", "Text z.", "Text b." }, texts)
    end)

    it("names a pipe, a path that isn't there, and a folder without rights", function()
      assert(os.execute("mkfifo '" .. folder .. "/pipe'"))
      local result = load { folder .. "/pipe", folder .. "/nothing" }
      assert.equal("is a pipe, not a file; give it as standard input: -\nno such file or folder", problems(result))
      assert.equal(2, result.failed)
    end)

    it("names a folder without rights, and reads on beside it", function()
      file("in/closed/a.txt", "Behind a closed door.")
      file("in/open.txt", "Beside it.")
      os.execute(("chmod 777 '%s' && chmod 0 '%s/in/closed'"):format(folder, folder))
      -- Rights are nothing to root: then as nobody, if that can be had.
      local as = os.execute "test $(id -u) = 0" and "setpriv --reuid=65534 --regid=65534 --clear-groups " or ""
      local program = system.program()
      if as ~= "" and not os.execute(as .. "test -x '" .. program .. "' 2>/dev/null") then return end
      os.execute(("%s '%s' load --quiet '%s' '%s/in' 2> '%s/said'"):format(as, program, corpus, folder, folder))
      assert.truthy(system.read(folder .. "/said"):find("in/closed: Permission denied", 1, true))
      assert.equal("Beside it.", only("select text from article").text)
    end)

    it("passes over the corpus itself in a folder that holds it", function()
      file("a.txt", "A text beside its corpus.")
      local result = load(folder)
      assert.same({ 1, 0 }, { result.articles, result.failed })
    end)

    it("refuses a corpus file that is none, and leaves it alone", function()
      corpus = file("notes.db", "just some notes")
      assert.has_error(function() load(fixtures .. "a.json") end, corpus .. ": is no corpus (nor any SQLite database)")
      assert.equal("just some notes", system.read(corpus))
    end)
  end)

  it("keeps what was committed when nothing more can be written, and says so", function()
    local lines = {}
    for i = 1, 30000 do lines[i] = ('{"id": %d, "text": "Story %d on the river and its bridges, and who pays for them."}\n'):format(i, i) end
    local path = file("a.jsonl", table.concat(lines))
    -- A file may grow to 8 MB here: as on a disk that is full, but without one.
    os.execute(("trap '' XFSZ; ulimit -f 8000; '%s' load --quiet '%s' '%s' 2> '%s/said'"):format(system.program(), corpus, path, folder))
    assert.truthy(system.read(folder .. "/said"):find("can't be written", 1, true))
    local count = only("select count(*) as n from article").n
    assert.truthy(count == 0 or count % 10000 == 0)
    load(path)
    assert.equal(30000, only("select count(*) as n from article").n)
  end)

  describe("again", function()
    it("reads only what is new", function()
      file("in/a.txt", "The first text.")
      local first = load(folder .. "/in")
      file("in/b.txt", "The second text.")
      local second = load(folder .. "/in")
      local third = load(folder .. "/in")
      assert.same({ 1, 0, 1 }, { first.new, first.known, first.articles })
      assert.same({ 1, 1, 1 }, { second.new, second.known, second.articles })
      assert.same({ 0, 2, 0 }, { third.new, third.known, third.articles })
    end)

    -- A digest that fits no bytes stands in the corpus: whoever reads the file and compares takes it for changed.
    local function forget_digests()
      local db <close> = sqlite.open(corpus, "write")
      db:execute "update source set sha256 = 'none'"
    end

    it("doesn't read a file whose size and times are those of the last load", function()
      local paths = { file("in/a.txt", "The first text."), file("in/b.jsonl", '{"text": "The second."}\n{"text": no}\n') }
      load(paths)
      forget_digests()
      local again = load(paths)
      assert.same({ 2, 0, 0, 0 }, { again.known, again.changed, again.articles, again.problems })
      os.execute("touch '" .. paths[1] .. "'")
      assert.same({ 1, 1 }, { load(paths).changed, load(paths).known - 1 })
    end)

    it("knows a file that was only touched by its digest, and by its new times ever after", function()
      local path = file("a.txt", "The first text.")
      load(path)
      os.execute("touch -d 2001-02-03 '" .. path .. "'")
      assert.equal(1, load(path).known)
      forget_digests()
      assert.equal(1, load(path).known)
    end)

    it("reads a file written over at once, with as many bytes, or with its old time put back", function()
      for i = 1, 10 do
        local path = file("a.txt", ("Version %2d of it."):format(i))
        local result = load(path)
        assert.same({ i, i == 1 and 0 or 1 }, { #rows "select article_id from article", result.changed })
      end
      local path = folder .. "/a.txt"
      os.execute(("touch -r '%s' '%s/old'"):format(path, folder))
      file("a.txt", "Version XX of it.")
      os.execute(("touch -r '%s/old' '%s'"):format(folder, path))
      assert.equal(1, load(path).changed)
    end)

    it("goes on with a corpus of an older annalist, which can be read as it is", function()
      local path = file("a.txt", "The first text.")
      load(path)
      local old <close> = sqlite.open(corpus, "write")
      old:execute "drop table file_time"
      old:execute "pragma user_version = 1"
      old:close()
      assert.equal(1, only("select count(*) as n from article").n)
      assert.equal(1, load(path).known)
      assert.equal(1, only("select count(*) as n from file_time").n)
    end)

    it("knows an article again however it came", function()
      load(file("a.txt", "The ferry sails again."))
      local result = load { file("b.txt", "The ferry sails again."), file("c.jsonl", '{"text": "The ferry sails again."}\n') }
      assert.same({ 0, 2 }, { result.articles, result.known_articles })
    end)

    it("knows it with its headline apart or not, whatever the line ends", function()
      load(file("a.jsonl", '{"title": "Ferry sails", "text": "It left at noon.\\n\\nNobody waved."}\n'))
      local result = load { file("b.txt", "Ferry sails\n\nIt left at noon.\n\nNobody waved.\n"), file("c.txt", "Ferry sails\r\n\r\nIt left at noon. \r\n\r\nNobody waved.\r\n"),
        file("d.csv", 'headline;body\nFerry sails;"It left at noon.\nNobody waved."\n'),
        file("e.eml", "From: a@c.example\nSubject: Ferry sails\nDate: Tue, 6 Oct 2020 21:00 +0000\n\nIt left at noon.\n\nNobody waved.\n"),
        file("f.txt", "Ferry sails\n\nIt left at noon. Nobody waved.\n") }
      assert.same({ 1, 4 }, { result.articles, result.known_articles })
    end)

    it("takes the same words in another paper, at another address, or of another day for an article of their own", function()
      local result = load(file("a.jsonl", [[
{"text": "No comment.", "url": "https://a.example/1", "outlet": "A", "date": "2020-10-06"}
{"text": "No comment.", "url": "https://b.example/1", "outlet": "B", "date": "2020-10-06"}
{"text": "No comment.", "outlet": "A", "date": "2021-01-01"}
{"text": "No comment.", "outlet": "A", "date": "2020-10-06T21:00"}
]]))
      assert.same({ 3, 1 }, { result.articles, result.known_articles })
    end)

    it("ties a new version to the one that it replaces", function()
      load(file("a.jsonl", '{"text": "Two hurt.", "url": "https://a.example/news/1"}\n'))
      load(file("b.jsonl", '{"text": "Three hurt.", "url": "https://a.example/news/1"}\n'))
      load(file("c.txt", "Draft."))
      file("c.txt", "Draft, mended.")
      local result = load(folder .. "/c.txt")
      assert.same({ 1, 1 }, { result.changed, result.versions })
      local all = rows "select article_id, supersedes from article order by article_id"
      assert.equal(1, all[2].supersedes)
      assert.equal(3, all[4].supersedes)
      assert.equal("changed", only("select status from source where path like '%c.txt' and status <> 'loaded'").status)
    end)

    it("finds words in what was indexed later as in what was indexed at once", function()
      load(file("a.txt", "The Žiga bridge."), { index = false })
      assert.equal(0, #rows "select rowid from article_search where article_search match 'bridge'")
      assert.equal(1, loader.index(corpus))
      assert.equal("The [Žiga] bridge.",
        only("select snippet(article_search, 1, '[', ']', '…', 8) as s from article_search where article_search match 'ziga'").s)
      load(file("b.txt", "Another bridge."))
      assert.equal(2, #rows "select rowid from article_search where article_search match 'bridge'")
    end)
  end)

  describe("an interrupted load", function()
    local function dump()
      local lines = {}
      local db <close> = sqlite.corpus(corpus)
      for _, name in ipairs { "source", "source_error", "article" } do
        for row in db:list("select * from " .. name) do
          for i = 1, row.n do row[i] = tostring(row[i]) end
          lines[#lines + 1] = name .. " " .. table.concat(row, "|", 1, row.n)
        end
      end
      return table.concat(lines, "\n")
    end

    it("ends, resumed, in the same rows as an undisturbed one", function()
      local lines = {}
      for i = 1, 3000 do lines[i] = ('{"id": %d, "text": "Story %d."}%s\n'):format(i, i, i % 500 == 0 and "x" or "") end
      local paths = { file("a.jsonl", table.concat(lines)), file("b.txt", "A text."), file("c.jsonl", '{"text": "Story 5."}\n{"text": "New."}\n') }
      load(paths)
      local undisturbed = dump()
      for stop = 1, 4 do
        os.remove(corpus)
        local seen = 0
        assert.has_error(function()
          load(paths, { on_event = function() seen = seen + 1 if seen > stop then error("stop", 0) end end })
        end, "stop")
        load(paths)
        assert.equal(undisturbed, dump())
      end
    end)

    it("is resumed after a kill at any moment", function()
      local program = system.program()
      local lines = {}
      for i = 1, 15000 do lines[i] = ('{"id": %d, "text": "Story %d on the river and its bridges."}\n'):format(i, i) end
      local path = file("a.jsonl", table.concat(lines))
      load(path)
      local undisturbed = dump()
      for _, wait in ipairs { 0.05, 0.15, 0.3 } do
        os.execute("rm -f '" .. corpus .. "'*")
        os.execute(("'%s' load --quiet '%s' '%s' & sleep %g; kill -9 $! 2>/dev/null; wait"):format(program, corpus, path, wait))
        load(path)
        assert.equal(undisturbed, dump())
        assert.is_false(system.exists(corpus .. "-wal"))
      end
    end)
  end)
end)
