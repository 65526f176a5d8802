#include "tools/runut/commands.h"

int main(int argc, char** argv) {
  using namespace runut::cli;
  App app;
  add_listing(app, "accesses");
  add_listing(app, "affected");
  add_audit(app);
  add_backup(app);
  add_bench(app);
  add_checkpoint(app);
  add_copy(app);
  add_listing(app, "dialogues");
  add_diff(app);
  add_doctor(app);
  add_listing(app, "evaluations");
  add_explain(app);
  add_import(app);
  add_listing(app, "imports");
  add_log(app);
  add_listing(app, "merit");
  add_listing(app, "payments");
  add_listing(app, "people");
  add_person(app);
  add_listing(app, "posts");
  add_listing(app, "promotions");
  add_listing(app, "qualifications");
  add_listing(app, "rankings");
  add_listing(app, "plans");
  add_rebuild(app);
  add_regulation(app);
  add_report(app);
  add_restore(app);
  add_serve(app);
  add_simulate(app);
  add_snapshot(app);
  add_stats(app);
  add_token(app);
  add_listing(app, "surveys");
  add_listing(app, "units");
  add_verify(app);
  add_webhook(app);
  add_what_if(app);
  add_exit_codes(app);
  return app.main(argc, argv);
}
