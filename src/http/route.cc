#include "http/route.h"

#include "http/problem.h"

namespace runut::http {

Handler answering(Answering answer) {
  return [answer = std::move(answer)](Call&& call) {
    Result<Response> made = answer(call);
    call.reply(made ? std::move(*made) : problem(made.error()));
  };
}

}  // namespace runut::http
