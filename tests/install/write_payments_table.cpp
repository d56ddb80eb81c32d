// Writes the table of examples/embed_cpp/payments.sod without the compiler.
#include <fstream>

#include "tests/support/test_table.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  sod::test::PolicyBuilder policy;
  const uint32_t enter = policy.Duty("enter_invoice", "Entering invoices");
  const uint32_t pay = policy.Duty("pay_invoice", "Paying invoices");
  const uint32_t audit = policy.Duty("audit_books", "Auditing the books");
  const uint32_t clerk = policy.Role({"clerk", {{enter, 0}}, {}});
  const uint32_t treasurer = policy.Role({"treasurer", {{pay, 0}}, {}});
  const uint32_t ann = policy.Person("ann"), bob = policy.Person("bob");
  policy.rows.Actors[ann].title = policy.rows.Text("Ann Lee");
  policy.rows.Actors[bob].title = policy.rows.Text("Bob Roy");
  policy.AssignRole(ann, clerk);
  policy.AssignRole(bob, clerk);
  policy.AssignRole(bob, treasurer);
  policy.Pair("invoices", {enter, 0}, {pay, 0});
  policy.Pair("books", {pay, 0}, {audit, 0}, sod::format::Mode::Warn);
  policy.rows.Rules[0].title = policy.rows.Text("Invoices");
  policy.rows.Rules[1].title = policy.rows.Text("Books");
  const std::string file = sod::test::Write(policy.Finish());
  return std::ofstream(argv[1], std::ios::binary) << file ? 0 : 4;
}
