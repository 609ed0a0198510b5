-- Words that say when: the verbs about a date ("met Tuesday", "will meet Tuesday"). A sentence is read once, as far as its dates reach; of what a
-- language's pattern finds in it, the nearest to a date counts, in the date's own clause first.

local cues = {}

cues.BREAK = "break"      -- what a language's pattern captures at the end of a clause

-- A sentence or another passage, text[from .. to], of which nothing has been read yet.
function cues.passage(text, from, to)
    return { text = text, from = from, to = to, done = from - 1, places = {}, what = {} }
end

-- Reads on to the byte before a date.
local function read_on(passage, pattern, last)
    local places, what, done = passage.places, passage.what, passage.done
    if last <= done then return end
    local found = pattern:match(passage.text:sub(done + 1, last))
    local count = #places
    for i = 1, #found, 2 do
        count = count + 1
        places[count], what[count] = done + found[i], found[i + 1]
    end
    passage.done = last
end

-- What is said nearest to the date at first..last: before it in its clause, behind it in its clause, before it, behind it; nil when nothing is.
-- tense: { cues, before, behind }: a pattern that captures a list { position, what, position, what … }, and how many bytes before and
-- behind are looked at. The dates of one passage are asked for in order.
function cues.nearest(passage, tense, first, last)
    read_on(passage, tense.cues, first - 1)
    local places, what = passage.places, passage.what
    local back, clause = nil, true
    for i = #places, 1, -1 do
        if places[i] < first - tense.before then break end
        if what[i] ~= cues.BREAK then
            back = what[i]
            break
        end
        clause = false
    end
    if back and clause then return back end
    clause = true
    local found = tense.cues:match(passage.text:sub(last + 1, math.min(passage.to, last + tense.behind)))
    for i = 2, #found, 2 do
        if found[i] ~= cues.BREAK then
            if clause then return found[i] end
            return back or found[i]
        end
        clause = false
    end
    return back
end

return cues
