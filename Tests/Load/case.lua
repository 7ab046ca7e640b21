-- One case of scripts/bench: the same request again and again.
-- Usage: wrk … --latency -s case.lua http://127.0.0.1:PORT -- PATH HOST ["NAME: VALUE"…]
-- Ends with one line of JSON: requests, answers that were not 2xx, broken connections, latency in microseconds.

function init(arguments)
  local headers = { ["Host"] = arguments[2] }
  for index = 3, #arguments do
    local name, value = arguments[index]:match("^([^:]+): (.*)$")
    headers[name] = value
  end
  prepared = wrk.format("GET", arguments[1], headers)
end

function request()
  return prepared
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "refused": %d, "broken": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
