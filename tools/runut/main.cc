#include "tools/runut/commands.h"

int main(int argc, char** argv) {
  using namespace runut::cli;
  App app;
  add_affected(app);
  add_audit(app);
  add_backup(app);
  add_bench(app);
  add_checkpoint(app);
  add_copy(app);
  add_dialogues(app);
  add_diff(app);
  add_doctor(app);
  add_evaluations(app);
  add_explain(app);
  add_import(app);
  add_imports(app);
  add_log(app);
  add_merit(app);
  add_payments(app);
  add_person(app);
  add_posts(app);
  add_qualifications(app);
  add_rankings(app);
  add_plans(app);
  add_rebuild(app);
  add_regulation(app);
  add_report(app);
  add_restore(app);
  add_serve(app);
  add_simulate(app);
  add_snapshot(app);
  add_stats(app);
  add_surveys(app);
  add_token(app);
  add_verify(app);
  add_webhook(app);
  add_what_if(app);
  add_exit_codes(app);
  return app.main(argc, argv);
}
