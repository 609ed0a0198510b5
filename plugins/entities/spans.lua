-- The tagger's spans as a list, trimmed to the name: no marks, articles or possessives at their edges.

local spans = {}

--- A list of { first, last, kind, score, bound }, bound being where its sentence begins.
function spans.read(s, sentence_firsts, firsts, lasts, kinds, scores)
  local list, sentence = {}, 1
  for i = 1, #firsts do
    while sentence_firsts[sentence + 1] and sentence_firsts[sentence + 1] <= firsts[i] do sentence = sentence + 1 end
    local first, last = spans.trim(s, firsts[i], lasts[i])
    if first then
      list[#list + 1] = { first = first, last = last, kind = kinds[i], score = scores[i], bound = sentence_firsts[sentence] }
    end
  end
  return list
end

--- A function that gives the first byte of the sentence that holds bytes first..last whole, or nil.
function spans.bounds(firsts, lasts)
  return function(first, last)
    local low, high = 1, #firsts
    while low < high do
      local middle = (low + high + 1) // 2
      if firsts[middle] <= first then low = middle else high = middle - 1 end
    end
    return firsts[low] and firsts[low] <= first and last <= lasts[low] and firsts[low] or nil
  end
end

--- Takes off what is no part of a name: "the Hague's" has "Hague". nil if nothing is left.
function spans.trim(s, first, last)
  for _ = 1, 3 do
    local before = last - first
    local from = s:match("^[%s,;:!?\"'()%[%]%-]*()", first)
    if from and from <= last then first = from end
    local name = s:sub(first, last)
    local cut = #name:match("^(.-)[%s,;:!?\"(%[%-]*$")
    name = name:sub(1, cut)
    name = name:gsub("'s$", ""):gsub("’s$", ""):gsub("’$", ""):gsub("'$", "")
    last = first + #name - 1
    if last < first then return nil end
    if last - first == before then break end
  end
  return first, last
end

--- "The Grain Board said" begins a sentence: its article is no part of the name, unless the text writes "The" within a sentence too.
function spans.without_article(s, span)
  if span.first ~= span.bound or not s:find("^The%s", span.first) then return end
  local with_article = s:sub(span.first, span.last)
  local again = s:find(with_article, span.last + 1, true)
  if again and s:find("^[%w,]%s", again - 2) then return end
  span.first = s:match("^The%s+()", span.first)
end

return spans
