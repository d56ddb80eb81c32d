// What a process and the rules about its objects say of who does what, as statements that a plan keeps. Private to the library.
#ifndef SOD_PROCESSES_STATEMENTS_H_
#define SOD_PROCESSES_STATEMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/core/image.h"
#include "runtime/processes/puzzle.h"
#include "sod/processes.h"

namespace sod::processes {

using core::Image;

// Of a rule about one object: what one person must not do on it. Duties as bits.
struct ForbiddenSide {
  uint32_t duties = 0;
  bool is_all = false;       // all of them, not any
  bool has_relation = false; // or the person is something to the object
};
struct Forbidden {
  std::vector<ForbiddenSide> sides;
  uint32_t at_most = 0;      // of so many sides; of two sides: not both
  bool is_between = false;   // two sides
};
// Whether doing these breaks it. A relation is taken as there once the person does anything but what the rule names, or two
// of the things that it names.
bool Breaks(const Forbidden& rule, uint32_t done);

enum class StatementKind : uint8_t { People, Needs, Bound, Quorum, Rule, OwnActions };

struct Statement {
  StatementKind kind = StatementKind::People;
  bool is_soft = false;      // it may bind: for an object like that, or it is not known whether it does
  std::string words;
  uint32_t duty = 0;         // People: the bit of the duty
  uint32_t row = 0;          // Quorum: of ActApprovals; OwnActions: of Restrictions
  Bound bound = {};
  Quorum quorum = {};
  Forbidden forbidden = {};
};

struct Statements {
  std::vector<uint32_t> duties;       // by bit: steps, what is done before them, and what closes the object
  std::vector<uint32_t> people_of;    // by bit
  uint32_t counted = 0, needs = 0;
  std::vector<const format::ActSlotRecord*> slots;  // by bit
  std::vector<Statement> all;
  std::vector<std::string> not_read;  // of these a plan says nothing
  bool is_circular = false;           // steps come before themselves
};

// INVARIANT: `process` is one of ProcessesOf. O(rules + what the process says).
Statements ReadStatements(const Table& table, uint32_t process, Instant at);

}  // namespace sod::processes

#endif  // SOD_PROCESSES_STATEMENTS_H_
