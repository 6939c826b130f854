#include "faults/fired_line.hh"

#include "emulator/core/timetext.hh"
#include "emulator/value/value_json.hh"

namespace fickle {
namespace {

constexpr std::size_t kValueMax = 60;  // characters of a key shown

std::string short_value(const Value& value) {
  std::string text;
  if (const std::string* string = value.as_string()) {
    text = *string;
  } else if (const Number* number = value.as_number()) {
    text = number->to_string();
  } else {
    append_json(text, value);
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = '?';
  }
  if (text.size() > kValueMax) text = text.substr(0, kValueMax) + "...";
  return text;
}

// "widgets pk=user#42", "widgets.by-owner", "widgets pk=1 and 3 more".
std::string what_was_touched(const GateReport& report, const GateContext& context) {
  if (report.prepared == nullptr || report.prepared->touches.empty()) return "";
  const auto& touches = report.prepared->touches;
  const Touch& first = touches.front();
  std::string text = " " + first.table;
  if (!first.index.empty()) text += "." + first.index;
  if (first.carried != nullptr && context.key_names) {
    for (const std::string& name : context.key_names(first.table)) {
      if (const Value* value = first.carried->find(name)) text += " " + name + "=" + short_value(*value);
    }
  }
  if (touches.size() > 1) text += " and " + std::to_string(touches.size() - 1) + " more";
  return text;
}

std::string_view wire_words(WirePlan::Kind kind) {
  switch (kind) {
    case WirePlan::Kind::intact: return "";
    case WirePlan::Kind::reset: return "connection reset";
    case WirePlan::Kind::close: return "connection closed";
    case WirePlan::Kind::hang: return "no answer";
    case WirePlan::Kind::refuse: return "connections refused";
    case WirePlan::Kind::truncate: return "answer cut off";
    case WirePlan::Kind::drip: return "answer dripping";
    case WirePlan::Kind::garbage: return "garbage sent";
    case WirePlan::Kind::bad_checksum: return "wrong checksum";
  }
  return "";
}

std::string outcome(const GateReport& report) {
  const FaultPlan& plan = *report.plan;
  const std::string told = std::to_string(report.status) + (report.error.empty() ? "" : " " + report.error);
  if (plan.wire_before) return "not done, " + std::string(wire_words(plan.wire_before->kind));
  const bool done = report.effects.applied != Effects::Applied::no;
  const std::string begun = done ? "done, " : "";
  if (plan.wire.kind != WirePlan::Kind::intact && !report.failed_by_itself) {
    return begun + std::string(wire_words(plan.wire.kind));
  }
  if ((plan.disown || plan.raw_after) && !report.failed_by_itself) return begun + "told " + told;
  std::string text = told;
  const Duration wait = plan.delay_before + plan.delay_after;
  if (wait > Duration{0}) text += " after " + format_duration(std::chrono::floor<std::chrono::milliseconds>(wait));
  if (!plan.holds_before.empty() || !plan.holds_after.empty()) text += " after a hold";
  return text;
}

}  // namespace

std::string fired_line(std::string_view rule, const GateReport& report, const GateContext& context, bool effective) {
  std::string line = "fault ";
  if (context.universe != "default") line.append("[").append(context.universe).append("] ");
  line.append(rule).append(": ");
  if (report.call != nullptr) line.append(report.call->operation).append(what_was_touched(report, context));
  if (report.call != nullptr && report.call->attempt > 0) {
    line.append(", attempt ").append(std::to_string(report.call->attempt));
  }
  line.append(" -> ").append(outcome(report));
  if (!effective) line += " (found nothing to change)";
  return line;
}

}  // namespace fickle
