// The FlatBuffers library's own verifier over the public schemas, as a second opinion.
#pragma once

#include <memory>

#include "domain/event.h"

namespace runut::codec_test {

class StandardVerifier {
 public:
  StandardVerifier();
  ~StandardVerifier();
  // The envelope and, inside it, the payload of that type.
  [[nodiscard]] bool accepts(EventType type, BytesView stored) const;

 private:
  struct Schemas;
  std::unique_ptr<Schemas> schemas_;
};

}  // namespace runut::codec_test
