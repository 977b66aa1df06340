local health = {status = "Progressing", message = "Waiting for the operator"}
if obj.status == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return health
end

local isTrue = {}
for _, condition in ipairs(obj.status.conditions or {}) do
  isTrue[condition.type] = condition.status == "True"
  if condition.type == "Ready" then
    health.message = condition.reason .. ": " .. condition.message
  end
end

if obj.spec.suspend == true then
  health.status = "Suspended"
elseif isTrue.Stalled then
  health.status = "Degraded"
elseif isTrue.Ready and not isTrue.Reconciling then
  health.status = "Healthy"
end
return health
