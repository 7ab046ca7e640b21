-- The case `webhook` of scripts/bench: each request is an event of its own, signed as Stripe signs.
-- Usage: wrk … --latency -s webhook.lua http://127.0.0.1:PORT -- PATH HOST EVENT CUSTOMERS SECRET
-- EVENT is a file: an event with @EVENT@ and @CUSTOMER@ for the ids; CUSTOMERS are numbered from 1. Signing is done by
-- libcrypto, at three microseconds a request: events prepared before would be a gigabyte.

local ffi = require("ffi")
ffi.cdef [[
const void *EVP_sha256(void);
unsigned char *HMAC(const void *kind, const void *key, int key_length, const char *data, size_t length,
                    unsigned char *digest, unsigned int *digest_length);
]]
local crypto = ffi.load("libcrypto.so.3")
local sha256 = crypto.EVP_sha256()
local digest = ffi.new("unsigned char[32]")

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local function parts_of(text)
  local parts, from = {}, 1
  for before, name, after in text:gmatch("()(@%u+@)()") do
    parts[#parts + 1] = text:sub(from, before - 1)
    parts[#parts + 1] = name
    from = after
  end
  parts[#parts + 1] = text:sub(from)
  return parts
end

function init(arguments)
  path, host, customers, secret = arguments[1], arguments[2], tonumber(arguments[4]), arguments[5]
  local file = assert(io.open(arguments[3], "rb"))
  parts = parts_of(file:read("*a"))
  file:close()
  -- No two runs have events in common: neither start in the same microsecond.
  run = string.format("%x%s%d", os.time(), tostring({}):match("0x(%x+)"), number)
  count = 0
  headers = { ["Host"] = host, ["Content-Type"] = "application/json; charset=utf-8" }
end

local function signature(body)
  local time = tostring(os.time())
  local signed = time .. "." .. body
  crypto.HMAC(sha256, secret, #secret, signed, #signed, digest, nil)
  local hex = {}
  for index = 0, 31 do hex[index + 1] = string.format("%02x", digest[index]) end
  return "t=" .. time .. ",v1=" .. table.concat(hex)
end

function request()
  count = count + 1
  local filled = {}
  for index, part in ipairs(parts) do
    if part == "@EVENT@" then
      part = "evt_" .. run .. count
    elseif part == "@CUSTOMER@" then
      part = "cus_bench" .. (count * 7 + number) % customers + 1
    end
    filled[index] = part
  end
  local body = table.concat(filled)
  headers["Stripe-Signature"] = signature(body)
  return wrk.format("POST", path, headers, body)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "refused": %d, "broken": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
