// Commands decided against a ledger without recording any: by the writer itself, over a log and
// keys that forget.
#pragma once

#include <memory>

#include "instance/instance.h"

namespace runut {

// The instance outlives it, and nothing is recorded there meanwhile. One thread.
class Trial {
 public:
  // unavailable: the views lag behind the log, for another process is writing.
  [[nodiscard]] static Result<std::unique_ptr<Trial>> begin(Instance& instance);
  virtual ~Trial() = default;

  // What the ledger would answer, having answered those before; with an id that it knows, what it
  // did answer.
  [[nodiscard]] virtual Result<Answer> decide(Command command) = 0;
};

}  // namespace runut
