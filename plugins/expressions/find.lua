-- From a text to its expressions: one match of the language's grammar over the whole text, then what the words about each
-- hit say for or against it, and whether it looks to the past or to the future.

local find = {}

local function last_sentence(sentences, position, index)
    while sentences[index + 1] and sentences[index + 1].first <= position do index = index + 1 end
    return index
end

local function keep(language, text, form, first, last)
    local guard = form.guard and language.guards[form.guard]
    return not guard or guard(text, first, last)
end

-- language: { grammar, guards, direction }; sentences: { first, last, ordinal } in order.
-- Returns rows in order of position: the form's fields with first, last, ordinal (of the sentence, nil outside) and direction.
function find.expressions(language, text, sentences)
    local out, index = {}, 0
    local function add(form, first, last)
        if not keep(language, text, form, first, last) then return end
        index = last_sentence(sentences, first, index)
        local sentence = sentences[index]
        if sentence and sentence.last < first then sentence = nil end
        form.first, form.last = first, last
        form.ordinal = sentence and sentence.ordinal
        if (form.form == "partial" or form.form == "feast") and not form.step then
            local from = sentence and sentence.first or math.max(1, first - 160)
            local to = sentence and sentence.last or math.min(#text, last + 80)
            form.direction = language.direction(text, from, to, first, last)
        end
        out[#out + 1] = form
    end
    for _, hit in ipairs(language.grammar:match(text)) do
        local form = hit.form
        if form then
            local also = form.also
            add(form, form.first or hit.first, form.last or hit.last - 1)
            if also then add(also, also.first, also.last) end
        end
    end
    return out
end

return find
