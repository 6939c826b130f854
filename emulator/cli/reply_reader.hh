// ReplyReader: an HTTP/1.1 answer from the bytes as they come; Content-Length, chunked or until the end of the connection.
// Bounded: the head by 64 KiB; a chunk's size line by 1 KiB. Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fickle::cli {

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
};

class ReplyReader {
 public:
  enum class State { reading, complete, broken };

  State feed(std::string_view bytes);
  // The peer sent its last byte.
  State end();
  [[nodiscard]] const std::string& why_broken() const { return why_; }
  // Precondition: complete.
  [[nodiscard]] HttpAnswer take() { return std::move(answer_); }

 private:
  enum class Part { head, sized_body, chunk_size, chunk_data, chunk_end, trailers, open_body, done, broken };
  void read_head();
  void read_chunk_size();
  void read_trailer();
  bool read_line(std::string& line, std::size_t limit);
  void break_with(std::string why);
  [[nodiscard]] State state() const;

  Part part_ = Part::head;
  std::string waiting_;     // bytes not yet understood
  std::uint64_t left_ = 0;  // of the body or the chunk
  HttpAnswer answer_;
  std::string why_;
};

}  // namespace fickle::cli
