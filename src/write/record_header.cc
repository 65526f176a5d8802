#include "write/record_header.h"

#include "codec/envelope_codec.h"

namespace runut {

Result<RecordHeader> read_record_header(BytesView stored) {
  RUNUT_ASSIGN(const EnvelopeKey key, read_envelope_key(stored));
  return RecordHeader{.sequence = key.sequence,
                      .previous = key.previous,
                      .command = key.command,
                      .commit_index = key.commit_index,
                      .commit_count = key.commit_count,
                      .takeover = key.type == EventType::WriterTookOver};
}

}  // namespace runut
