// Field tables made of other field tables: a reply often shows a structure of another operation without some of its members.
// Evaluated by the compiler; a name that is not in the table does not compile.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "emulator/api/field.hh"

namespace fickle::fields {

namespace detail {

consteval std::size_t position_of(const Field* fields, std::size_t count, std::string_view name) {
  for (std::size_t i = 0; i < count; ++i) {
    if (fields[i].name == name) return i;
  }
  throw "no such field";
}

template <std::size_t N, std::size_t M>
consteval std::array<Field, N - M> without(const Field* fields, const std::string_view (&names)[M]) {
  std::array<bool, N> leaves{};
  for (const std::string_view name : names) leaves[position_of(fields, N, name)] = true;
  std::array<Field, N - M> kept{};
  std::size_t next = 0;
  for (std::size_t i = 0; i < N; ++i) {
    if (!leaves[i]) kept[next++] = fields[i];
  }
  return kept;
}

template <std::size_t N, std::size_t M>
consteval std::array<Field, N> with(const Field* fields, const Field (&others)[M]) {
  std::array<Field, N> changed{};
  for (std::size_t i = 0; i < N; ++i) changed[i] = fields[i];
  for (const Field& other : others) changed[position_of(fields, N, other.name)] = other;
  return changed;
}

}  // namespace detail

// The fields but those named.
template <std::size_t N, std::size_t M>
consteval auto without(const Field (&fields)[N], const std::string_view (&names)[M]) {
  return detail::without<N, M>(fields, names);
}
template <std::size_t N, std::size_t M>
consteval auto without(const std::array<Field, N>& fields, const std::string_view (&names)[M]) {
  return detail::without<N, M>(fields.data(), names);
}

// The fields, some of them exchanged for others of the same names.
template <std::size_t N, std::size_t M>
consteval auto with(const Field (&fields)[N], const Field (&others)[M]) {
  return detail::with<N, M>(fields, others);
}
template <std::size_t N, std::size_t M>
consteval auto with(const std::array<Field, N>& fields, const Field (&others)[M]) {
  return detail::with<N, M>(fields.data(), others);
}

// The fields of one table, then those of the other.
template <std::size_t N, std::size_t M>
consteval std::array<Field, N + M> joined(const Field (&first)[N], const Field (&second)[M]) {
  std::array<Field, N + M> both{};
  for (std::size_t i = 0; i < N; ++i) both[i] = first[i];
  for (std::size_t i = 0; i < M; ++i) both[N + i] = second[i];
  return both;
}

}  // namespace fickle::fields
