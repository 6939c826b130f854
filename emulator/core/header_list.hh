// HeaderList: the headers of one request or answer, all in one text, so that however many there are they cost two allocations and move
// as a whole - from the request to its Call, and on into the journal. Value type; const use is thread-safe.
// Invariants: names and values as given, in the order given; names are compared ignoring case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fickle {

// Views into the list: valid until it is changed, moved or gone.
struct Header {
  std::string_view name;
  std::string_view value;
};

class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(std::initializer_list<Header> headers) { add(headers); }

  void reserve(std::size_t headers, std::size_t bytes);  // bytes: of all names and values
  void add(std::string_view name, std::string_view value);
  template <class Headers>
  void add(const Headers& headers) {
    for (const Header header : headers) add(header.name, header.value);
  }
  // The first header of that name gets another value; without one it is added.
  void set(std::string_view name, std::string_view value);
  void set_value(std::size_t position, std::string_view value);

  // The first header of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] bool empty() const { return places_.empty(); }
  [[nodiscard]] Header operator[](std::size_t position) const;

  class Iterator {
   public:
    Iterator(const HeaderList& list, std::size_t position) : list_(list), position_(position) {}
    Header operator*() const { return list_[position_]; }
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return position_ != other.position_; }

   private:
    const HeaderList& list_;
    std::size_t position_;
  };
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size()}; }

 private:
  // Of one header in text_.
  struct Place {
    std::uint32_t name, name_size, value, value_size;
  };

  std::string text_;
  std::vector<Place> places_;
};

}  // namespace fickle
