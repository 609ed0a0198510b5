-- origins: two articles that hand on one agency, one person or one body are one origin, however each of them writes it.

local trial = require "annalist.trial"

-- How many independent origins the first event of a day has
local function origins_on(day, articles)
  local corpus <close> = trial.run { plugin = { "names", "figures", "quotations", "timeline" }, articles = articles, jobs = 1 }
  for row in corpus:rows("event") do
    if row.date == day and row.articles == #articles then return row.origins end
  end
end

describe("origins", function()
  it("learns an agency from a dateline and knows it where another article cites it", function()
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-03", text = "Barge sinks off Tarn\n\nTARN, March 3, 2021 (Steppe Wire) - A barge with cattle sank in the harbour of Tarn on March 2, 2021, a pilot said.\n\nNobody drowned." },
      { date = "2021-03-03", text = "Cattle barge lost\n\nA cattle barge sank in Tarn harbour on March 2, 2021, a pilot said.\n\nThe harbour master told reporters that the crew swam ashore, Steppe Wire reported." } }))
  end)

  it("knows an agency that only its form tells", function()
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-03", text = "Barge sinks\n\nA barge with cattle sank in the harbour of Tarn on March 2, 2021, the Low Steppe News Agency reported." },
      { date = "2021-03-03", text = "Cattle barge lost\n\nAccording to the Low Steppe News Agency, a cattle barge sank in Tarn harbour on March 2, 2021. Its crew swam ashore." } }))
  end)

  it("keeps apart what an agency tells and what the paper's own man saw far from it", function()
    assert.equal(2, origins_on("2021-03-02", {
      { date = "2021-03-03", outlet = "Tarn Post", text = "Barge sinks\n\nTARN, March 3, 2021 (Steppe Wire) - A barge with cattle sank in the harbour of Tarn on March 2, 2021, a pilot said." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Cattle barge lost\n\nI saw the cattle barge sink in Tarn harbour on March 2, 2021. "
        .. ("The quay was full of men who shouted, and the old crane stood still in the snow. "):rep(8) .. "\n\nThe price of hay rose, Steppe Wire reported." } }))
  end)

  it("counts one person under two titles once", function()
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-03", outlet = "Tarn Post", text = "Barge sinks\n\nForty sailors drowned when a barge sank in the harbour of Tarn on March 2, 2021, Police Superintendent Lena Ostrow said." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Barge lost\n\nForty sailors drowned when the barge sank in Tarn harbour on March 2, 2021, said the Tarn police chief, Lena Ostrow." } }))
  end)

  it("counts a body once, with and without its country", function()
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-03", outlet = "Tarn Post", text = "Barge sinks\n\nForty sailors drowned when a barge sank in the harbour of Tarn on March 2, 2021, the Norland Inland Shipping Authority said." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Barge lost\n\nForty sailors drowned when the barge sank in Tarn harbour on March 2, 2021, the inland shipping authority said." } }))
  end)

  it("lets a headline lean on the source of its lead", function()
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-02", outlet = "Tarn Post", text = "Cattle barge sinks in Tarn\n\nForty oxen drowned in the harbour of Tarn, the Norland Inland Shipping Authority said." },
      { date = "2021-03-02", outlet = "Orsa Times", text = "Cattle barge sinks in Tarn\n\nThe Norland Inland Shipping Authority said forty oxen drowned." } }))
  end)

  it("takes two long passages in common for a copy of the whole", function()
    local quote = "“We heard the hull crack like an old door and then the water was in the hold with us,” said Ivo Kral, a cook."
    local sky = "The barge had left the quay at noon with a load of beets for the sugar mill at Korsk, and it lay deep in the water."
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-03", outlet = "Tarn Post", text = "Barge sinks\n\nA barge sank in the harbour of Tarn on March 2, 2021, after a storm.\n\n" .. quote .. "\n\nIt was a grey day.\n\n" .. sky },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Barge lost\n\nOn March 2, 2021, the storm sank a barge in Tarn harbour.\n\n" .. sky .. "\n\nThe quay was empty.\n\n" .. quote } }))
  end)

  it("reads who an article credits outside of its sentences", function()
    for _, credit in ipairs { "(Steppe Wire)", "\n\n— With inputs from Steppe Wire", "\n\nSteppe Wire / Agence du Nord" } do
      assert.equal(1, origins_on("2021-03-02", {
        { date = "2021-03-03", outlet = "Tarn Post", text = "Barge sinks off Tarn\n\nTARN, March 3, 2021 (Steppe Wire) - A barge with cattle sank in the harbour of Tarn on March 2, 2021, a pilot said.\n\nNobody drowned." },
        { date = "2021-03-03", outlet = "Orsa Times", text = "Cattle barge lost\n\nA cattle barge sank in Tarn harbour on March 2, 2021, a pilot said.\n\nThe harbour master told reporters that the crew swam ashore in the night.\n\n"
          .. "Men on the quay put the number of the oxen that were lost at about sixty. " .. credit } }), credit)
    end
  end)

  it("takes what a document tells for the word of the body whose letterhead it bears", function()
    assert.equal(1, origins_on("2021-03-02", {
      { text = "NORLAND INLAND SHIPPING AUTHORITY\nSituation Report No. 2 - Barge at Tarn\nIssued: 3 March 2021\n\nForty sailors drowned when a barge sank in the harbour of Tarn on March 2, 2021. The crane of the port is at work." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Barge lost\n\nForty sailors drowned when the barge sank in Tarn harbour on March 2, 2021, the Norland Inland Shipping Authority said." } }))
  end)

  it("takes a body, its head and its spokesman for one", function()
    assert.equal(1, origins_on("2021-03-02", {
      { date = "2021-03-03", outlet = "Tarn Post", text = "Barge sinks\n\nForty sailors drowned when a barge sank in the harbour of Tarn on March 2, 2021, the Norland Shipping Authority (NSA) said." },
      { date = "2021-03-03", outlet = "Orsa Times", text = "Barge lost\n\nForty sailors drowned when the barge sank in Tarn harbour on March 2, 2021, Lena Ostrow, director general of the Norland Shipping Authority, said." },
      { date = "2021-03-03", outlet = "Kolm Echo", text = "Sailors drown\n\nForty sailors drowned when a barge sank in Tarn harbour on March 2, 2021, an NSA official said." } }))
  end)
end)
