// What a process says, read from what the table carries of it. Private to the library.
#ifndef SOD_PROCESSES_OUTLINE_H_
#define SOD_PROCESSES_OUTLINE_H_

#include <cstdint>
#include <vector>

#include "runtime/core/image.h"
#include "sod/processes.h"

namespace sod::processes {

using core::Image;

struct Outline {
  std::vector<uint32_t> steps;    // duties, each once
  uint32_t needs = 0;             // 0: it does not say
  bool is_conditional = false;
  bool is_only_people = true;     // it says nothing but its steps and how many people they need
};

Outline Read(const Image& image, uint32_t provision);

}  // namespace sod::processes

#endif  // SOD_PROCESSES_OUTLINE_H_
