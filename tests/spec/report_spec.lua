-- report: one file that opens offline, says what is in the tables, leads each statement to its passage, and shows hostile text as text.

local trial = require "annalist.trial"
local system = require "annalist.system"
local json = require "annalist.json"

local hostile = "<script>document.title='taken'</script>"

local articles = {
  { id = "1", date = "2021-03-03", outlet = "Vell " .. hostile, title = hostile .. " Bridge falls", url = "javascript:alert(2)", author = '"><img src=x onerror=alert(3)>',
    text = "The bridge of Vell fell on March 2, 2021, said Mayor Orlan Tessen. " .. hostile .. " \"We counted 12 injured people,\" said Orlan Tessen.\n\n</textarea></style>]]>-->\n\n"
      .. "# No heading\n\n| no | table |\n\n[no link](javascript:alert(4)) 12 people were injured." },
  { id = "2", date = "2021-03-04", outlet = "Orsa Times", text = "Vell mourns\n\nThe bridge of Vell fell on March 2, 2021, and 14 people were injured, Mayor Orlan Tessen said." },
}

local plugin = [[
return { name = "weather_words", version = 1, api = 1, summary = "Words of weather <b>here</b>", needs = {},
  results = { weather_word = { { "article_id", "integer!" }, { "first", "integer!" }, { "last", "integer!" }, { "word", "text" } } },
  article = function(ctx, article)
    local at = article.text:find("bridge", 1, true)
    if at then ctx:emit("weather_word", { first = at, last = at + 5, word = "<i>bridge</i>" }) end
  end }
]]

-- What else could break out: attributes, addresses, comments, marks that turn the line round, line separators of script
local attacks = {
  '" onmouseover="document.title=\'taken\'" x="', "' onfocus='document.title=1' autofocus='", "</title><script>document.title='taken'</script>", "--><svg onload=document.title='taken'>",
  "]]><script>document.title='taken'</script>", "\u{202E}txet desrever\u{202C}", "line\u{2028}separator\u{2029}here", "javascript:document.title='taken'", "&lt;script&gt;", "</style><script>document.title='taken'</script>",
  "\0null\27[31m", "{{7*7}} ${7*7} <%= 7 %>",
}
local attacked = {}
for i, attack in ipairs(attacks) do
  attacked[i] = { id = attack, date = "2021-03-03", outlet = attack, title = attack .. " " .. i, author = attack, url = attack,
    text = attack .. " The bridge fell on March 2, 2021, and 12 people were injured, Orlan Tessen said. \"We saw " .. attack .. " there,\" said Orlan " .. attack .. " Tessen." }
end

describe("report", function()
  local corpus, folder, remove, html, markdown, data

  setup(function()
    folder, remove = trial.folder()
    assert(system.mkdir(folder .. "/plugins"))
    assert(system.write(folder .. "/plugins/weather_words.lua", plugin))
    corpus = trial.run { plugin = { "weather_words", "report" }, articles = articles, paths = { folder .. "/plugins" }, output = folder .. "/out", jobs = 1 }
    html = assert(system.read(folder .. "/out/report.html"))
    markdown = assert(system.read(folder .. "/out/report.md"))
    data = json.decode(assert(system.read(folder .. "/out/report.json")))
  end)

  teardown(function()
    corpus:close()
    remove()
  end)

  it("is one file that asks no network for anything", function()
    assert.falsy(html:find("<link", 1, true))
    assert.falsy(html:find(" src=\"", 1, true))
    assert.falsy(html:find("@import", 1, true))
    assert.truthy(html:find("default-src 'none'", 1, true))
    local scripts = select(2, html:gsub("<script", ""))
    assert.equal(1, scripts)
  end)

  it("shows hostile text as text, in the page, in Markdown and in JSON", function()
    assert.truthy(html:find("&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;", 1, true))
    assert.falsy(html:find("<img", 1, true))
    assert.falsy(html:find('href="javascript', 1, true))
    assert.falsy(markdown:find("<script", 1, true))
    assert.falsy(markdown:find("\n# No heading", 1, true))
    local raw = system.read(folder .. "/out/report.json")
    assert.falsy(raw:find("<script", 1, true))
    assert.truthy(data.articles[1].name:find("<script>", 1, true))
  end)

  it("leads every link to a place in the page", function()
    local ids, missing = {}, {}
    for id in html:gmatch(' id="([^"]+)"') do
      assert.is_nil(ids[id], "two places are called " .. id)
      ids[id] = true
    end
    for target in html:gmatch('href="#([^"]+)"') do
      if not ids[target] then missing[#missing + 1] = target end
    end
    assert.same({}, missing)
  end)

  it("holds every article in full", function()
    local text = html:gsub("<style>.-</style>", ""):gsub("<script>.-</script>", ""):gsub("<[^>]*>", ""):gsub("&lt;", "<"):gsub("&gt;", ">"):gsub("&quot;", '"'):gsub("&#39;", "'"):gsub("&amp;", "&")
    for _, article in ipairs(articles) do
      for line in article.text:gmatch("[^\n]+") do assert.truthy(text:find(line, 1, true), line) end
    end
  end)

  it("has a section for a plugin that it has never heard of", function()
    assert.truthy(html:find("<h2>Weather word</h2>", 1, true))
    assert.truthy(html:find("&lt;i&gt;bridge&lt;/i&gt;", 1, true))
    assert.equal("weather_word", data.other[1].table)
    assert.truthy(markdown:find("## weather_word", 1, true))
  end)

  it("lets nothing break out of text, title, outlet, address or the rows of a plugin, in Chromium", function()
    if not os.execute("command -v chromium >/dev/null 2>&1") then return pending("chromium is not installed") end
    local words = {}
    for i, attack in ipairs(attacks) do words[i] = ("%q"):format(attack):gsub("\n", "n") end
    assert(system.write(folder .. "/plugins/weather_words.lua", (plugin:gsub('"<i>bridge</i>"', function() return "({ " .. table.concat(words, ", ") .. " })[(article.article_id - 1) % 12 + 1]" end))))
    local bad = trial.run { plugin = { "weather_words", "report" }, articles = attacked, paths = { folder .. "/plugins" }, output = folder .. "/bad", jobs = 1 }
    bad:close()
    assert(system.write(folder .. "/plugins/weather_words.lua", plugin))
    local raw = assert(system.read(folder .. "/bad/report.html"))
    assert.falsy(raw:find("\u{202E}", 1, true), "a mark turns the line round")
    local pipe <close> = assert(io.popen(("timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir=%s/chromium --dump-dom 'file://%s/bad/report.html' 2>/dev/null")
      :format(folder, folder)))
    local page = pipe:read("a")
    assert.truthy(page:find("<title>News report</title>", 1, true))
    assert.equal(1, select(2, page:gsub("<script", "")))
    assert.equal(1, select(2, page:gsub("<style", "")))
    for tag in page:gmatch("<[%a][^>]*>") do
      assert.falsy(tag:gsub('"[^"]*"', '""'):find("%son%a+%s*="), tag)
      local href = tag:match('href="([^"]*)"')
      assert.is_true(href == nil or href:find("^#") ~= nil or href:find("^https?://") ~= nil, tag)
    end
    assert.falsy(page:find("<svg onload", 1, true))
    assert(json.decode(assert(system.read(folder .. "/bad/report.json"))))
  end)

  it("names the independent origins behind events and figures, and pairs renderings", function()
    local told = trial.run { plugin = "report", jobs = 1, output = folder .. "/told", articles = {
      { date = "2021-03-03", outlet = "Vell Courier", text = "Fire in Vell\n\nThe mill of Vell burned down on Tuesday, March 2, 2021. The Health Ministry said 12 people were injured. "
        .. "\"We shall rebuild every single wall of our mill before the autumn,\" said Mayor Orlan Tessen." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Mill gone\n\nThe mill of Vell burned down on Tuesday. Twelve people were injured, according to the ministry of health. "
        .. "\"Before autumn comes, all walls of the mill will be rebuilt by us,\" said Mayor Orlan Tessen." },
      { date = "2021-03-04", outlet = "Harbour Sheet", text = "After the fire\n\nThe mill of Vell burned down on Tuesday. Its owner said dozens were injured." },
    } }
    told:close()
    local found = json.decode(assert(system.read(folder .. "/told/report.json")))
    local injured
    for _, group in ipairs(found.figures) do
      if group.measure == "injured" then injured = group end
    end
    assert.equal(12, injured.levels[1].value)
    assert.equal(2, #injured.levels[1].articles)
    assert.equal(1, #injured.levels[1].origins)
    assert.equal("Health Ministry", injured.levels[1].origins[1].name)
    local paired = 0
    for _, group in ipairs(found.quotations) do
      for _, q in ipairs(group.quotations) do paired = paired + (q.discrepancy and 1 or 0) end
    end
    assert.equal(2, paired)
    local page = assert(system.read(folder .. "/told/report.html"))
    assert.truthy(page:find("one origin: Health Ministry", 1, true))
    assert.truthy(page:find("told in 2 renderings", 1, true))
    assert.truthy(page:find("<b>dozens</b>", 1, true))
    local plain = assert(system.read(folder .. "/told/report.md"))
    assert.truthy(plain:find("## Figures", 1, true))
    assert.truthy(plain:find("told in 2 renderings", 1, true))
  end)

  -- The report of some articles as Markdown and as a page
  local function report_of(name, list)
    trial.run({ plugin = "report", jobs = 1, output = folder .. "/" .. name, articles = list }):close()
    return assert(system.read(folder .. "/" .. name .. "/report.md")), assert(system.read(folder .. "/" .. name .. "/report.html"))
  end

  local count_of_sources = {
    { date = "2021-03-03", outlet = "Vell Courier", text = "Fire in Vell\n\nThe mill of Vell burned down on Tuesday, March 2, 2021. The Health Ministry said on Wednesday that 12 people were injured and 3 people were killed. "
      .. "The hospital of Vell said on Wednesday that 19 people were injured. Ann Lomax, 31, was killed when the roof fell." },
    { date = "2021-03-04", outlet = "Orsa Times", text = "Mill gone\n\nThe mill of Vell burned down on Tuesday. The Health Ministry said on Thursday that 15 people were injured. Ann Lomax was killed by a beam." },
    { date = "2021-03-04", outlet = "Harbour Sheet", text = "A worker mourned\n\nAnn Lomax was killed in the mill of Vell on Tuesday. Her brother said that she was killed near the door." },
  }

  it("tells who says how many on which day, and takes no single victim for the toll", function()
    local plain, page = report_of("counts", count_of_sources)
    assert.truthy(plain:find("| **injured** | 3 Mar | 4 Mar |", 1, true))
    assert.truthy(plain:find("| Health Ministry | 12 [1] | 15 [2] |", 1, true))
    assert.truthy(plain:find("| hospital of Vell | 19 [1] |  |", 1, true) or plain:find("hospital of Vell | 19 [1] |", 1, true))
    assert.truthy(plain:find("%*%*killed%*%*: 3 "))
    assert.falsy(plain:find("%*%*killed%*%*: 1 "))
    assert.truthy(page:find("Who says how many", 1, true))
    assert.falsy(page:find("<b>killed</b>: <a href=\"#figures\">1<", 1, true))
  end)

  it("puts what stands behind a body's abbreviation into the line of that body", function()
    local plain = report_of("bodies", {
      { date = "2021-03-03", outlet = "Vell Courier", text = "Flood in Vell\n\nThe dyke of Vell broke on Tuesday, March 2, 2021. The Vell Harbour Rescue Authority (VHRA) said on Wednesday that 12 people were injured. "
        .. "The hospital of Orsa said that 9 people were injured." },
      { date = "2021-03-04", outlet = "Orsa Times", text = "The flood of Vell as it happened\n\n18:20 VHRA: 15 injured, 3 dead\n\nThe dyke of Vell broke on Tuesday. The town is without light, and the schools stay closed." },
    })
    assert.truthy(plain:find("| Vell Harbour Rescue Authority | 12 [1] | 15 [2] |", 1, true))
  end)

  it("escapes in Markdown what could mean something, and nothing else", function()
    local plain = report_of("marks", {
      { date = "2021-03-03", outlet = "R&D Post", title = "Turnout 44.7 percent in AJ&K_north, says 02_gulf_copy.txt", text = "The mayor of Vell spoke on March 2, 2021 of the mill that had burned down." },
      { date = "2021-03-04", title = "The *mayor*: <b>nobody</b> &amp; none paid $5.9 million, _that_ [this](http://vell.example) is", text = "The mayor of Vell spoke on March 3, 2021 of the mill that had burned down." },
      { date = "2021-03-03", title = "1. May is no list", text = "# No heading\n\nThe mayor of Vell spoke on March 2, 2021 of the mill that had burned down." },
    })
    assert.truthy(plain:find("Turnout 44.7 percent in AJ&K_north, says 02_gulf_copy.txt", 1, true))
    assert.truthy(plain:find("R&D Post", 1, true))
    assert.truthy(plain:find("\\*mayor\\*", 1, true))
    assert.truthy(plain:find("$5.9 million", 1, true))
    assert.truthy(plain:find("\\_that\\_ \\[this](http\\://vell.example)", 1, true))
    assert.truthy(plain:find("&lt;b>nobody", 1, true))
    assert.truthy(plain:find("&amp;amp; none", 1, true))
    assert.truthy(plain:find("**1\\. May", 1, true))
  end)

  it("says what kind of piece an article is, and takes no columnist's number for a count", function()
    local plain, page = report_of("genres", {
      { date = "2021-03-03", text = "THE WINDVANE / Opinion\n\nThe mill that needed a rest\n\nBy Ann Lomax\n\nThe mill of Vell burned down on March 2, 2021, and according to the mayor 4,000 people were injured, all of them bakers.\n\n"
        .. "The mayor says that the mill was tired, and nobody who has seen it will say that he is wrong about that." },
      { date = "2021-03-04", text = "LIVE: Fire in Vell\n\n21:10 The mill of Vell is gone, and the people of the town go home for the night.\n\n19:45 The roof has fallen, our reporter says. Nobody was near it.\n\n"
        .. "18:20 The mill of Vell burns, a man who lives beside it tells our reporter." },
      { date = "2021-03-04", text = "Mill gone\n\nThe mill of Vell burned down on Tuesday, and 12 people were injured, Mayor Orlan Tessen said.\n\nThe health ministry said that 15 people were injured." },
    })
    assert.truthy(plain:find("*(opinion)*", 1, true))
    assert.truthy(plain:find("*(live report)*", 1, true))
    assert.falsy(plain:find("Mill gone** *(", 1, true))
    local overview = plain:match("## Overview(.-)## Sources")
    assert.falsy(overview:find("4,000 [1]", 1, true))
    assert.truthy(page:find('<span class="genre">opinion</span>', 1, true))
  end)

  it("says beside a day how sure it is, also where an event hangs on it", function()
    local plain, page = report_of("sure", {
      { date = "2021-03-03", text = "The mill of Vell burned down on Tuesday, March 2, 2021, and 12 people were injured, Mayor Orlan Tessen said." },
      { text = "After the fire\n\nThe owner of the mill of Vell opened a shop near the river on Friday, his brother Piet Tessen said." },
    })
    assert.truthy(plain:find("3 March 2021, %d+%% sure"))
    for line in plain:gmatch("[^\n]*opened a shop[^\n]*") do
      if line:find("^%- %*%*") then assert.truthy(line:find("perhaps", 1, true) and line:find("%d+%% sure"), line) end
    end
    assert.truthy(page:find("% sure", 1, true))
  end)

  -- What Chromium makes of the page at a place in it
  local function dom(place)
    local pipe <close> = assert(io.popen(("timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir=%s/chromium --dump-dom 'file://%s/out/report.html#%s' 2>/dev/null")
      :format(folder, folder, place)))
    return pipe:read("a")
  end

  it("runs nobody's script and lights the passage that was asked for, in Chromium", function()
    if not os.execute("command -v chromium >/dev/null 2>&1") then return pending("chromium is not installed") end
    local target = html:match('href="#(a1%-%d+%-%d+)"')
    local page = dom(target)
    assert.truthy(page:find("<title>News report</title>", 1, true))
    assert.truthy(page:find('id="' .. target .. '"></a><span class="h[^"]* on"', 1) or page:find('class="[^"]* on" data%-p="[^"]*' .. target:gsub("%-", "%%-")))
  end)

  it("wants nothing at a second run that it was not given at the first", function()
    local summary = corpus:run({ "weather_words", "report" }, { paths = { folder .. "/plugins" }, output = folder .. "/out", jobs = 1 })
    for _, step in ipairs(summary.steps) do assert.equal("cached", step.status, step.plugin) end
  end)

  it("is the same bytes each time", function()
    local again = trial.run { plugin = { "weather_words", "report" }, articles = articles, paths = { folder .. "/plugins" }, output = folder .. "/again", jobs = 2 }
    again:close()
    for _, name in ipairs { "report.html", "report.md", "report.json" } do
      assert.equal(system.sha256(system.read(folder .. "/out/" .. name)), system.sha256(system.read(folder .. "/again/" .. name)), name)
    end
  end)
end)

describe("the drawing of a timeline", function()
  local function labels(dates)
    local folder, remove = trial.folder()
    local list = {}
    for i, date in ipairs(dates) do
      list[i] = { date = date, outlet = "Vell Courier", text = "Dam of Vell\n\nThe dam above the town of Vell was closed to all traffic on this day for the works of number " .. i .. ", the council said." }
    end
    local corpus = trial.run { plugin = "report", articles = list, output = folder .. "/out", jobs = 1 }
    corpus:close()
    local page = assert(system.read(folder .. "/out/report.html"))
    remove()
    local found = {}
    for label in page:match('<svg class="strip".-</svg>'):gmatch("<text[^>]*>([^<]*)</text>") do found[#found + 1] = label end
    return found
  end

  it("gives the years where it goes over more than one", function()
    local several, one = labels { "2019-03-03", "2020-07-01", "2021-11-20" }, labels { "2021-03-03", "2021-03-09" }
    assert.truthy(#several > 1 and #one > 1)
    for _, label in ipairs(several) do assert.truthy(label:find(" 20[12]%d$"), label) end
    for _, label in ipairs(one) do assert.falsy(label:find("%d%d%d%d"), label) end
  end)
end)
