-- One page of many hosts, which are asked in turn: many-0.HOST, many-1.HOST and so on.
-- Usage: wrk … --latency -s hosts.lua http://127.0.0.1:PORT -- PATH HOST COUNT
-- Ends as case.lua does.

dofile(debug.getinfo(1, "S").source:match("^@(.*)hosts%.lua$") .. "case.lua")

function init(arguments)
  prepared = {}
  for number = 0, tonumber(arguments[3]) - 1 do
    prepared[number] = wrk.format("GET", arguments[1], { ["Host"] = "many-" .. number .. "." .. arguments[2] })
  end
  place = 0
end

function request()
  place = (place + 1) % (#prepared + 1)
  return prepared[place]
end
