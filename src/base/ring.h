// A queue in one piece of memory: what is pushed and popped all day allocates nothing once it has
// grown to its size, and stands side by side in the caches.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "base/result.h"

namespace runut {

template <class T>
class Ring {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // The element `i` behind the front.
  [[nodiscard]] T& operator[](std::size_t i) { return slots_[slot(i)]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return slots_[slot(i)]; }
  [[nodiscard]] T& front() { return slots_[first_]; }
  [[nodiscard]] const T& front() const { return slots_[first_]; }
  [[nodiscard]] T& back() { return (*this)[size_ - 1]; }

  // Invalidates references when it has to grow.
  void push_back(T value) {
    if (size_ == slots_.size()) grow();
    slots_[slot(size_)] = std::move(value);
    ++size_;
  }
  // `count` <= size(). What is popped keeps its memory until its slot is used again.
  void pop_front(std::size_t count = 1) {
    RUNUT_CHECK(count <= size_, "only what is in a ring can be popped");
    first_ = count == size_ ? 0 : slot(count);
    size_ -= count;
  }
  void clear() { pop_front(size_); }

 private:
  [[nodiscard]] std::size_t slot(std::size_t i) const { return (first_ + i) & (slots_.size() - 1); }
  void grow() {
    std::vector<T> larger(slots_.empty() ? 16 : 2 * slots_.size());
    for (std::size_t i = 0; i < size_; ++i) larger[i] = std::move((*this)[i]);
    slots_.swap(larger);
    first_ = 0;
  }

  std::vector<T> slots_;  // a power of two of them
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace runut
