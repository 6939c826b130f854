#include "emulator/cli/sweep/result.hh"

#include <algorithm>
#include <array>
#include <cstdio>

#include "emulator/cli/json_view.hh"
#include "emulator/cli/text_table.hh"
#include "emulator/core/text.hh"

namespace fickle::cli {

namespace json = boost::json;

namespace {

constexpr std::size_t kNoteWidth = 100;

double seconds_of(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

std::string seconds_text(Duration duration) {
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%.3f", seconds_of(duration));
  return text.data();
}

std::string plural(std::size_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string xml(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '&')
      out += "&amp;";
    else if (letter == '<')
      out += "&lt;";
    else if (letter == '>')
      out += "&gt;";
    else if (letter == '"')
      out += "&quot;";
    else if (byte >= 0x20 || letter == '\n' || letter == '\t')
      out += letter;
  }
  return is_valid_utf8(out) ? out : "(not UTF-8)";
}

std::vector<std::string> left_out_lines(const LeftOut& left_out) {
  std::vector<std::string> lines;
  for (const auto& [table, attributes] : left_out.attributes)
    lines.push_back("not compared, they differ between two untouched runs: " + table + " " +
                    join({attributes.begin(), attributes.end()}, ", "));
  for (const std::string& table : left_out.tables)
    lines.push_back("not compared, two untouched runs leave different items: table " + table);
  return lines;
}

std::string why_not(const TrialResult& result) {
  if (!result.passed) return result.end + (result.last_line.empty() ? "" : ": " + result.last_line);
  return result.difference;
}

std::string note_of(const TrialResult& result) {
  if (!result.survived()) return result.passed ? result.difference : result.last_line;
  if (!result.fired) return "the call was not made in this run";
  return result.effective ? "" : "the fault found nothing to change";
}

}  // namespace

std::size_t SweepResult::failures() const {
  return static_cast<std::size_t>(
      std::count_if(trials.begin(), trials.end(), [](const TrialResult& result) { return !result.survived(); }));
}

std::string verdict_of(const TrialResult& result) {
  if (!result.survived()) return "did not survive";
  if (!result.fired) return "not reached";
  return result.effective ? "survived" : "no effect";
}

std::string sweep_text(const SweepResult& result) {
  TextTable table({{"CALL"}, {"FAULT"}, {"COMMAND"}, {"ATTEMPTS", Align::right}, {"DATA"}, {"VERDICT"}, {"NOTE"}});
  for (const TrialResult& one : result.trials) {
    table.add({result.calls[one.trial.call].label(), std::string(one.trial.fault->name), one.end,
               one.fired ? std::to_string(one.attempts) : "", one.difference.empty() ? "same" : "differs",
               one.survived() ? verdict_of(one) : "DID NOT SURVIVE", shortened(note_of(one), kNoteWidth)});
  }
  std::string text = result.trials.empty() ? "" : table.text() + "\n";
  for (const std::string& line : left_out_lines(result.left_out)) text += line + "\n";
  const std::size_t failures = result.failures();
  const std::size_t made = result.trials.size();
  text += plural(result.calls.size(), "call") + ", " + plural(made, "fault") +
          " tried: " + std::to_string(made - failures) + " survived, " + std::to_string(failures) + " did not";
  if (made < result.planned)
    text += "; " + std::to_string(result.planned - made) + " not tried (" +
            (result.interrupted ? "interrupted" : "--budget") + ")";
  return text + "\n";
}

json::object sweep_json(const SweepResult& result) {
  json::object out;
  json::array& command = out["command"].emplace_array();
  for (const std::string& word : result.command) command.emplace_back(word);
  out["endpoint"] = result.endpoint;
  out["seed"] = result.seed;
  const auto call_json = [&result](std::size_t position) {
    const SweepCall& call = result.calls[position];
    json::array tables;
    for (const std::string& table : call.tables) tables.emplace_back(table);
    return json::object{{"operation", call.operation}, {"tables", std::move(tables)}, {"ordinal", call.ordinal}};
  };
  json::array& calls = out["calls"].emplace_array();
  for (std::size_t i = 0; i < result.calls.size(); ++i) calls.push_back(call_json(i));
  json::array& runs = out["runs"].emplace_array();
  for (const TrialResult& one : result.trials) {
    runs.push_back(json::object{{"call", call_json(one.trial.call)},
                                {"fault", one.trial.fault->name},
                                {"survived", one.survived()},
                                {"verdict", verdict_of(one)},
                                {"passed", one.passed},
                                {"end", one.end},
                                {"fired", one.fired},
                                {"effective", one.effective},
                                {"attempts", one.attempts},
                                {"dataSame", one.difference.empty()},
                                {"difference", one.difference},
                                {"lastLine", is_valid_utf8(one.last_line) ? one.last_line : ""},
                                {"seconds", seconds_of(one.lasted)}});
  }
  json::array& left_out = out["leftOut"].emplace_array();
  for (const auto& [table, attributes] : result.left_out.attributes) {
    json::array names;
    for (const std::string& name : attributes) names.emplace_back(name);
    left_out.push_back(json::object{{"table", table}, {"attributes", std::move(names)}});
  }
  for (const std::string& table : result.left_out.tables) left_out.push_back(json::object{{"table", table}});
  out["summary"] = json::object{{"planned", result.planned},
                                {"made", result.trials.size()},
                                {"survived", result.trials.size() - result.failures()},
                                {"didNotSurvive", result.failures()},
                                {"interrupted", result.interrupted},
                                {"seconds", seconds_of(result.lasted)}};
  return out;
}

std::string sweep_junit(const SweepResult& result) {
  std::size_t skipped = 0;
  std::string cases;
  for (const TrialResult& one : result.trials) {
    const SweepCall& call = result.calls[one.trial.call];
    cases += "  <testcase classname=\"sweep." + xml(call.operation) + "\" name=\"" + xml(call.label()) + " " +
             std::string(one.trial.fault->name) + "\" time=\"" + seconds_text(one.lasted) + "\"";
    if (!one.survived()) {
      cases += ">\n    <failure message=\"" + xml(one_line(why_not(one))) + "\">" +
               xml(std::string(one.trial.fault->description)) + ". The command: " + xml(one.end) +
               ". Attempts: " + std::to_string(one.attempts) +
               ". Data: " + xml(one.difference.empty() ? "as in the untouched run" : one.difference) + "</failure>\n";
      if (!one.output.empty()) cases += "    <system-out>" + xml(one.output) + "</system-out>\n";
      cases += "  </testcase>\n";
    } else if (!one.fired) {
      ++skipped;
      cases += ">\n    <skipped message=\"the call was not made in this run\"/>\n  </testcase>\n";
    } else {
      cases += "/>\n";
    }
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"fickledb sweep\" tests=\"" +
         std::to_string(result.trials.size()) + "\" failures=\"" + std::to_string(result.failures()) +
         "\" errors=\"0\" skipped=\"" + std::to_string(skipped) + "\" time=\"" + seconds_text(result.lasted) + "\">\n" +
         cases + "</testsuite>\n";
}

}  // namespace fickle::cli
