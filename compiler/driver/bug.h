// How a bug of the program ends: with a sentence and code 9.
#ifndef SODC_DRIVER_BUG_H_
#define SODC_DRIVER_BUG_H_

namespace sodc {

// From now on std::terminate says so on standard error and ends with ExitCode::Bug. Nothing of
// ours throws; the standard library may (out of memory), and a bug may.
void EndBugsWithTheirCode();

}  // namespace sodc

#endif  // SODC_DRIVER_BUG_H_
