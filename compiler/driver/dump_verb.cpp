// sodc dump and the text of `build --emit`: products against their definition.
#include "compiler/driver/dump_text.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"

namespace sodc {

ExitCode RunDump(const DumpOptions& options, ColorChoice, DriverEnv& env) {
  const OpenedPolicy opened = OpenTable(options.table, env);
  if (!opened.table) return opened.code;
  if (options.format == TextFormat::Json) {
    DumpTableJson(*opened.table, env.out);
  } else {
    DumpTableText(*opened.table, env.out);
  }
  return ExitCode::Fine;
}

}  // namespace sodc
