#include "emulator/core/header_list.hh"

#include "emulator/core/text.hh"

namespace fickle {

void HeaderList::reserve(std::size_t headers, std::size_t bytes) {
  places_.reserve(headers);
  text_.reserve(bytes);
}

void HeaderList::add(std::string_view name, std::string_view value) {
  const auto begin = static_cast<std::uint32_t>(text_.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  text_.append(name).append(value);
  places_.push_back({begin, name_size, begin + name_size, static_cast<std::uint32_t>(value.size())});
}

void HeaderList::set(std::string_view name, std::string_view value) {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (equals_ignoring_case((*this)[i].name, name)) return set_value(i, value);
  }
  add(name, value);
}

void HeaderList::set_value(std::size_t position, std::string_view value) {
  Place& place = places_[position];
  if (value.size() <= place.value_size) {
    text_.replace(place.value, value.size(), value);
  } else {
    place.value = static_cast<std::uint32_t>(text_.size());
    text_.append(value);
  }
  place.value_size = static_cast<std::uint32_t>(value.size());
}

std::optional<std::string_view> HeaderList::find(std::string_view name) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].name_size != name.size()) continue;
    if (const auto [found, value] = (*this)[i]; equals_ignoring_case(found, name)) return value;
  }
  return std::nullopt;
}

Header HeaderList::operator[](std::size_t position) const {
  const Place& place = places_[position];
  const std::string_view text = text_;
  return {text.substr(place.name, place.name_size), text.substr(place.value, place.value_size)};
}

}  // namespace fickle
