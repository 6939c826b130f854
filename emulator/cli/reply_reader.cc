#include "emulator/cli/reply_reader.hh"

#include <algorithm>
#include <limits>

#include "emulator/core/text.hh"

namespace fickle::cli {
namespace {

constexpr std::size_t kHeadMax = 64 * 1024;
constexpr std::size_t kLineMax = 1024;

std::optional<std::uint64_t> parse_hex(std::string_view text) {
  std::uint64_t value = 0;
  if (text.empty() || text.size() > 15) return std::nullopt;
  for (const char letter : text) {
    const auto digit = std::string_view("0123456789abcdef").find(to_lower(std::string_view(&letter, 1)));
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 16 + digit;
  }
  return value;
}

}  // namespace

ReplyReader::State ReplyReader::state() const {
  if (part_ == Part::done) return State::complete;
  return part_ == Part::broken ? State::broken : State::reading;
}

void ReplyReader::break_with(std::string why) {
  part_ = Part::broken;
  why_ = std::move(why);
}

// A line without its end; false when it is not there yet.
bool ReplyReader::read_line(std::string& line, std::size_t limit) {
  const std::size_t end = waiting_.find('\n');
  if (end == std::string::npos) {
    if (waiting_.size() > limit) break_with("a line of the answer is too long");
    return false;
  }
  line = waiting_.substr(0, end > 0 && waiting_[end - 1] == '\r' ? end - 1 : end);
  waiting_.erase(0, end + 1);
  return true;
}

void ReplyReader::read_head() {
  const std::size_t end = waiting_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (waiting_.size() > kHeadMax) break_with("the answer's head is too long");
    return;
  }
  const std::string head = waiting_.substr(0, end);
  waiting_.erase(0, end + 4);
  const auto lines = split(head, '\n');
  const auto words = split(trim(lines.front()), ' ');
  const auto status = words.size() > 1 ? parse_integer(words[1]) : std::nullopt;
  if (!lines.front().starts_with("HTTP/1.") || !status || *status < 100 || *status > 999)
    return break_with("the answer is not HTTP");
  if (*status < 200) return read_head();  // 100 Continue and the like come before the answer
  answer_.status = static_cast<int>(*status);

  std::optional<std::uint64_t> length;
  bool chunked = false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = lines[i].ends_with('\r') ? lines[i].substr(0, lines[i].size() - 1) : lines[i];
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view value = trim(line.substr(colon + 1));
    if (equals_ignoring_case(line.substr(0, colon), "content-type")) answer_.content_type = std::string(value);
    if (equals_ignoring_case(line.substr(0, colon), "transfer-encoding"))
      chunked = equals_ignoring_case(value, "chunked");
    if (!equals_ignoring_case(line.substr(0, colon), "content-length")) continue;
    const auto parsed = parse_integer(value);
    if (!parsed || *parsed < 0) return break_with("the answer's Content-Length is not a number");
    length = static_cast<std::uint64_t>(*parsed);
  }
  part_ = chunked ? Part::chunk_size : length ? Part::sized_body : Part::open_body;
  left_ = length.value_or(0);
  if (part_ == Part::sized_body && left_ == 0) part_ = Part::done;
  if (*status == 204 || *status == 304) part_ = Part::done;
}

void ReplyReader::read_chunk_size() {
  std::string line;
  if (!read_line(line, kLineMax)) return;
  const auto size = parse_hex(trim(std::string_view(line).substr(0, line.find(';'))));
  if (!size) return break_with("a chunk's size is not a number");
  left_ = *size;
  part_ = left_ == 0 ? Part::trailers : Part::chunk_data;
}

void ReplyReader::read_trailer() {
  std::string line;
  if (read_line(line, kHeadMax) && line.empty()) part_ = Part::done;
}

ReplyReader::State ReplyReader::feed(std::string_view bytes) {
  waiting_.append(bytes);
  bool moved = true;
  while (moved && state() == State::reading) {
    const Part before = part_;
    const std::size_t size_before = waiting_.size();
    switch (part_) {
      case Part::head: read_head(); break;
      case Part::chunk_size: read_chunk_size(); break;
      case Part::trailers: read_trailer(); break;
      case Part::sized_body:
      case Part::chunk_data: {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, waiting_.size()));
        answer_.body.append(waiting_, 0, count);
        waiting_.erase(0, count);
        left_ -= count;
        if (left_ == 0) part_ = part_ == Part::sized_body ? Part::done : Part::chunk_end;
        break;
      }
      case Part::chunk_end: {
        std::string line;
        if (!read_line(line, kLineMax)) break;
        if (!line.empty()) break_with("a chunk is longer than it says");
        if (line.empty()) part_ = Part::chunk_size;
        break;
      }
      case Part::open_body:
        answer_.body += waiting_;
        waiting_.clear();
        break;
      case Part::done:
      case Part::broken: break;
    }
    moved = part_ != before || waiting_.size() != size_before;
  }
  return state();
}

ReplyReader::State ReplyReader::end() {
  if (part_ == Part::open_body) part_ = Part::done;
  if (state() == State::reading)
    break_with(part_ == Part::head && waiting_.empty() ? "the connection was closed without an answer"
                                                       : "the answer ended in the middle");
  return state();
}

}  // namespace fickle::cli
