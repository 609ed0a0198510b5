-- The same report for programs: everything, with passages as text and as bytes of their article.

local encode = require "report.encode"

local record = {}

local function list(items, make)
  local out = { is_list = true }
  for i, item in ipairs(items) do out[i] = make(item) end
  return out
end

local function passage(model, row)
  local article = model.by_id[row.article_id]
  return { article = row.article_id, first = row.first, last = row.last, text = article and row.first and article.text:sub(row.first, row.last) or nil }
end

local function with(base, fields)
  for key, value in pairs(fields) do base[key] = value end
  return base
end

local function failed_sources(model)
  local out = { is_list = true }
  for _, s in ipairs(model.sources) do
    if s.status == "failed" then out[#out + 1] = { path = s.path, error = s.error } end
  end
  return out
end

-- Independent origins by name; an article that tells it by itself is its number
local function origins_of(named)
  return list(named or {}, function(o) return type(o) == "table" and { article = o.id } or { name = o } end)
end

--- The report as JSON.
function record.build(model, title)
  return encode {
    title = title,
    articles = list(model.articles, function(a)
      local p = a.published or {}
      return { article = a.id, number = a.number, name = a.name, outlet = a.outlet, author = a.author, url = a.url, external_id = a.external_id, file = a.file, language = a.language, genre = a.genre,
        declared_date = a.declared, date = p.date, precision = p.precision, confidence = p.confidence, method = p.method, reason = p.reason, refused = p.refused,
        page_date = a.page_date and a.page_date.value }
    end),
    failed_sources = failed_sources(model),
    entities = list(model.entities, function(e)
      return { entity = e.id, kind = e.kind, name = e.name, description = e.description, articles = e.articles, mentions = e.count,
        spellings = list(e.spellings, function(s) return with(passage(model, s), { name = s.name, count = s.count, reasons = list(s.reasons, function(r) return r end) }) end) }
    end),
    doubts = list(model.doubts, function(d) return { entity = d.a.id, other = d.b.id, score = d.score, reason = d.reason } end),
    events = list(model.events, function(e)
      return { event = e.event_id, date = e.date, end_date = e.end_date, precision = e.precision, headline = e.headline, salience = e.salience, articles = e.articles,
        origins = e.origins, origin_names = origins_of(e.named), background = e.background == 1, planned = e.planned == 1, evidence = list(e.evidence, function(row) return passage(model, row) end) }
    end),
    discrepancies = list(model.discrepancies, function(d)
      return { discrepancy = d.discrepancy_id, kind = d.kind, subject = d.subject, verdict = d.verdict, summary = d.summary,
        sides = list(d.sides, function(s) return with(passage(model, s), { claim = s.claim, as_of = s.as_of, origin = s.origin }) end) }
    end),
    figures = list(model.figures, function(group)
      return { measure = group.measure,
        levels = list(group.levels, function(l)
          return { value = l.value, vague = l.vague, maximum = l.maximum, unit = l.unit, qualifier = l.qualifier, first_day = l.first_day, last_day = l.last_day,
            given_by = list(l.givers, function(g) return g end), articles = list(l.articles, function(id) return id end), origins = origins_of(l.named) }
        end),
        figures = list(group.rows, function(f)
          return with(passage(model, f), { value = f.value, maximum = f.maximum, unit = f.unit, qualifier = f.qualifier, as_of = f.as_of, attributed_to = f.attributed_to,
            given_by = f.giver })
        end) }
    end),
    quotations = list(model.quotations, function(group)
      return { speaker = group.speaker, entity = group.entity and group.entity.id, quotations = list(group.rows, function(q)
        return with(passage(model, q), { kind = q.kind, cue = q.cue, speaker = q.speaker, slight = q.slight, discrepancy = q.difference and q.difference.discrepancy_id })
      end) }
    end),
    other = list(model.others, function(o)
      return { role = o.role, plugin = o.plugin, table = o.table, columns = list(o.columns, function(c) return c end), rows = list(o.rows, function(row) return row end), total = o.total }
    end),
    plugins = list(model.plugins, function(p) return { role = p.role, plugin = p.plugin, version = p.version, status = p.status } end),
    errors = list(model.errors, function(e) return { plugin = e.plugin, article = e.article_id, message = e.message } end),
  }
end

return record
