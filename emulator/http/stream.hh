// One connection's socket: reads ahead, so that a small request costs one recv, and sends an answer with one send.
// Thread-safety: used by the connection's thread only; another thread may shutdown() the socket meanwhile.
// Invariants: does not own the socket; never raises SIGPIPE; once a call has failed the connection is to be given up.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/core/units.hh"

namespace fickle {

class Stream {
 public:
  // `capacity`: bytes that can be read ahead. Memory is only touched as far as it is used.
  Stream(int socket, std::size_t capacity);

  // What was received and not consumed yet. Valid until the next call of consume or fill.
  [[nodiscard]] std::string_view buffered() const { return {buffer_.get() + begin_, end_ - begin_}; }
  void consume(std::size_t count);
  // Waits for more bytes behind buffered(); false when the client has finished or is gone, or the buffer is full.
  [[nodiscard]] bool fill();
  // Waits for bytes and writes them to `target`, past the buffer (which must be empty); 0 when the client has finished or is gone.
  [[nodiscard]] std::size_t receive(char* target, std::size_t capacity);

  [[nodiscard]] bool send(std::string_view bytes);
  [[nodiscard]] bool send(std::string head, std::string_view body);  // one system call for both

  // Closing will send RST and drop whatever is on its way.
  void arm_reset();
  // Ends our side, then reads what the client still sends, so that it gets to read our answer; gives up after a while.
  void finish();
  // Waits until the client ends its side, the socket is shut down or (when not 0) `at_most` has passed.
  void wait_for_end(Duration at_most);
  // Sleeps; false when the connection broke meanwhile.
  [[nodiscard]] bool sleep(Duration duration);
  // Has the client ended its side, with nothing left to read?
  [[nodiscard]] bool peer_has_ended();

 private:
  int socket_;
  std::size_t capacity_;
  std::unique_ptr<char[]> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace fickle
