-- Feature templates of the entities model (core/text/tagger.h tells how they are read).
return [[
  group group[-1] group[1] group[-2] group[2] group[-1]/brief brief/group[1]
  word lower lower[-1] lower[1] lower[-2] lower[2]
  prefix1 prefix2 prefix3 prefix4 suffix1 suffix2 suffix3 suffix4 suffix3[-1] suffix3[1]
  shape shape[-1] shape[1] brief brief[-1] brief[1] brief[-2] brief[2]
  brief[-1]/brief brief/brief[1] brief[-1]/brief/brief[1]
  lower[-1]/lower lower/lower[1] lower[-2]/lower[-1] lower[1]/lower[2]
  lower[-1]/brief brief/lower[1] lower[-2]/lower[-1]/brief brief/lower[1]/lower[2]
  suffix3[-1]/brief suffix2/brief[1] suffix3/brief
  class class[-1] class[1] class[-2] class[2] phrase phrase[-1] phrase[1]
  classes/brief classes[-1]/classes classes/classes[1]
  classes[-1]/brief brief/classes[1] classes[-1]/brief/brief[1] brief[-1]/brief/classes[1]
  classes/lower[-1] classes/lower[1]
  edge edge/brief edge/classes/brief joined joined/brief joined[-1]/brief
  caps/brief caps/classes caps/brief[-1]/brief/brief[1]
  left right
]]
