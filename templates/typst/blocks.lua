-- Turns what latex/preamble_pandoc.tex marks into calls of the functions in typst/document.typ.
-- A link to "sp:name:a:b" becomes #sp-name("a", "b")[words]; a group of class "sp-name" becomes #sp-name[...], with the
-- arguments of a leading link "sp:arguments:a:b" in front. Formulas are converted by pandoc, with what it drops (display
-- size, small fractions, large brackets, spaces) put back.

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

local function split(target)
  local parts = {}
  for part in (target .. ':'):gmatch('([^:]*):') do parts[#parts + 1] = part end
  return parts
end

local function call(name, arguments)
  local list = {}
  for _, argument in ipairs(arguments) do list[#list + 1] = quoted(argument) end
  return '#sp-' .. name .. '(' .. table.concat(list, ', ') .. ')'
end

local function is_ours(inline)
  return inline.t == 'Link' and inline.target:sub(1, 3) == 'sp:'
end

-- Takes the arguments off the first paragraph of a group.
local function take_arguments(blocks)
  local first = blocks[1]
  if not first or (first.t ~= 'Para' and first.t ~= 'Plain') then return {} end
  local link = first.content[1]
  if not link or not is_ours(link) then return {} end
  local parts = split(link.target)
  if parts[2] ~= 'arguments' then return {} end
  first.content:remove(1)
  while first.content[1] and (first.content[1].t == 'SoftBreak' or first.content[1].t == 'Space') do
    first.content:remove(1)
  end
  if #first.content == 0 then blocks:remove(1) end
  return { table.unpack(parts, 3) }
end

-- Listings: one code element a line.
local function listing(blocks)
  local lines = {}
  for _, block in ipairs(blocks) do
    local text = ''
    pandoc.walk_block(block, {
      Code = function(code) text = text .. code.text end,
    })
    lines[#lines + 1] = (text:gsub('\u{a0}', ' '))
  end
  return table.concat(lines, '\n')
end

-- A line of a displayed formula: a marker with its indentation, a formula, perhaps a note or a label.
local function math_line(block)
  local marker = block.content[1]
  local indent = split(marker.target)[3]
  block.content:remove(1)
  local result = pandoc.List({ pandoc.RawInline('typst', '#sp-line(' .. quoted(indent) .. ')[') })
  result:extend(block.content)
  result:insert(pandoc.RawInline('typst', ']'))
  return pandoc.Plain(result)
end

local function walk_lines(blocks)
  local result = pandoc.List()
  for _, block in ipairs(blocks) do
    local marker = block.content and block.content[1]
    if block.t == 'Para' and marker and is_ours(marker) and split(marker.target)[2] == 'line' then
      result:insert(math_line(block))
    else
      result:insert(block)
    end
  end
  return result
end

local function group(name, arguments, blocks)
  local result = pandoc.List({ pandoc.RawBlock('typst', call(name, arguments) .. '[') })
  result:extend(blocks)
  result:insert(pandoc.RawBlock('typst', ']'))
  return result
end

local function div(element)
  local class = element.classes[1] or ''
  if class:sub(1, 3) ~= 'sp-' then return nil end
  local name = class:sub(4)
  if name == 'appendix' then return { pandoc.RawBlock('typst', '#show: sp-appendix') } end
  if name == 'listing' then
    return { pandoc.RawBlock('typst', '#sp-listing(' .. quoted(listing(element.content)):gsub('\n', '\\n') .. ')') }
  end
  local arguments = take_arguments(element.content)
  local blocks = element.content
  if name == 'mathlines' or name == 'mathflush' then blocks = walk_lines(blocks) end
  return group(name, arguments, blocks)
end

local function link(element)
  if not is_ours(element) then return nil end
  local parts = split(element.target)
  local name = parts[2]
  if name == 'arguments' or name == 'line' then return nil end
  if name == 'anchor' then return pandoc.RawInline('typst', call('anchor', { parts[3] })) end
  local result = pandoc.List({ pandoc.RawInline('typst', call(name, { table.unpack(parts, 3) }) .. '[') })
  result:extend(element.content)
  result:insert(pandoc.RawInline('typst', ']'))
  return result
end

local marks = {
  ['"spopen"'] = 'inline(', ['"spclose"'] = ')', ['"sphide"'] = 'sphide(', ['"spshow"'] = ')',
}

local function math(element)
  local text, display = element.text:gsub('^\\displaystyle%s*', '')
  if text:find('\\begin{') then display = 2 end
  text = text:gsub('\\begin{cases}.-\\end{cases}', function(cases) return (cases:gsub(' & ', ' & \\quad ')) end)
  text = text:gsub('\\phantom(%b{})', '\\operatorname{sphide}%1\\operatorname{spshow}')
  local count
  repeat
    text, count = text:gsub('\\tfrac(%b{})(%b{})', '\\operatorname{spopen}\\frac%1%2\\operatorname{spclose}')
  until count == 0
  text = text:gsub('\\,', '\\operatorname{spthin}'):gsub('\\;', '\\operatorname{spthick}')
  local result = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ pandoc.Math('InlineMath', text) }) }), 'typst')
  if not result:find('^%s*%$') then return pandoc.RawInline('typst', '#raw(' .. quoted(element.text) .. ')') end
  result = result:gsub('^%s*%$%s*', ''):gsub('%s*%$%s*$', '')
  for mark, meaning in pairs(marks) do result = result:gsub(mark, meaning) end
  result = result:gsub('upright%("%s*([^"]-)%s*"%)', 'upright("%1")')
  result = (' ' .. result):gsub('([^%(])"([%a ]+)"', '%1op("%2")'):gsub('op%("spthin"%)', '"spthin"')
    :gsub('op%("spthick"%)', '"spthick"')
  result = result:gsub('"spthin"', 'thin'):gsub('"spthick"', 'thick')
  result = result:gsub('#scale%(x: (%d+)%%, y: %d+%%%)%[(\\?.)%]', function(size, delimiter)
    if delimiter == '{' or delimiter == '}' then delimiter = '\\' .. delimiter end
    return 'lr(size: #' .. tonumber(size) / 100 .. 'em, ' .. delimiter .. ')'
  end)
  result = result:gsub('^%s+', '')
  if display == 0 then return pandoc.RawInline('typst', '$' .. result .. '$') end
  return pandoc.RawInline('typst', '#sp-display($display(' .. result .. ')$)')
end

return { { Math = math }, { Div = div }, { Link = link } }
