// Result<T, E>: the value of a call that may be refused for a reason the caller is expected to handle.
// Thread-safety: as safe as T and E. Invariant: holds exactly one of value and error.
#pragma once

#include <utility>
#include <variant>

namespace fickle {

// Wraps an error so that Result<T, E> can be built without naming the alternative.
template <class E>
struct Refused {
  E error;
};
template <class E>
Refused(E) -> Refused<E>;

template <class T, class E>
class [[nodiscard]] Result {
 public:
  // Implicit by design: `return value;` and `return Refused{error};`.
  // NOLINTBEGIN(google-explicit-constructor)
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Refused<E> refused) : state_(std::in_place_index<1>, std::move(refused.error)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Precondition: ok().
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] T value() && { return std::get<0>(std::move(state_)); }

  // Precondition: !ok().
  [[nodiscard]] const E& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, E> state_;
};

}  // namespace fickle
