#include "simulation/narrative.h"

#include <fmt/format.h>

#include <array>

#include "simulation/chance.h"

namespace runut::simulation {
namespace {

using Phrases = std::string_view;

constexpr std::array<Phrases, 16> works = {"Menyusun konsep surat dan nota dinas",
                                           "Memverifikasi berkas permohonan layanan",
                                           "Merekap data kehadiran dan capaian kegiatan",
                                           "Melayani konsultasi warga di loket pelayanan",
                                           "Memutakhirkan basis data dan mencocokkan isian",
                                           "Menyiapkan bahan rapat koordinasi",
                                           "Melaksanakan pemeriksaan lapangan",
                                           "Menyusun laporan pelaksanaan kegiatan",
                                           "Mengarsipkan dokumen dan menata daftar arsip",
                                           "Memeriksa kelengkapan dokumen pertanggungjawaban",
                                           "Mendampingi tim teknis pada kunjungan kerja",
                                           "Mengolah data usulan anggaran perubahan",
                                           "Menginput realisasi fisik dan keuangan",
                                           "Memfasilitasi sosialisasi kepada perangkat kelurahan",
                                           "Menelaah pengaduan masyarakat yang masuk",
                                           "Menyusun jadwal dan pembagian tugas tim"};
constexpr std::array<Phrases, 12> subjects = {"triwulan berjalan",
                                              "program prioritas kota",
                                              "sub kegiatan penataan administrasi",
                                              "penyusunan dokumen perencanaan",
                                              "layanan terpadu kecamatan",
                                              "evaluasi kinerja perangkat daerah",
                                              "tindak lanjut hasil pemeriksaan",
                                              "pemeliharaan aplikasi layanan",
                                              "penatausahaan barang milik daerah",
                                              "peningkatan kapasitas aparatur",
                                              "standar pelayanan minimal",
                                              "pelaporan bulanan kepada pimpinan"};
constexpr std::array<Phrases, 10> results = {
    "sudah diserahkan kepada atasan",      "tersimpan di folder bersama bidang",
    "menunggu tanda tangan pejabat",       "selesai sesuai target hari ini",
    "dua hal perlu klarifikasi besok",     "telah dicatat dalam buku agenda",
    "disepakati perbaikan format laporan", "diteruskan ke seksi yang membidangi",
    "hasil dimuat pada lembar kendali",    "kekurangan berkas sudah disampaikan"};
constexpr std::array<Phrases, 6> units = {"berkas",       "dokumen",      "permohonan",
                                          "lembar isian", "rekapitulasi", "pengaduan"};
constexpr std::array<Phrases, 6> additions = {
    " Dilanjutkan koordinasi dengan perangkat daerah terkait melalui telepon.",
    " Sore hari mengikuti rapat internal dan mencatat notulen.",
    " Kendala jaringan pada pagi hari sudah diatasi bersama tim teknis.",
    " Sebagian pekerjaan dibantu rekan satu seksi.",
    " Bukti dukung berupa foto dan daftar hadir terlampir.",
    ""};
constexpr std::array<Phrases, 5> returns = {
    "Uraian belum menyebut hasil, mohon dilengkapi jumlah berkas.",
    "Mohon sesuaikan menit kerja dengan kegiatan yang ditulis.",
    "Lampirkan bukti dukung sebelum diajukan lagi.",
    "Kegiatan rapat belum disertai notulen, mohon dilengkapi.",
    "Pisahkan tugas pokok dan tugas tambahan pada uraian."};
constexpr std::array<Phrases, 6> excuses = {
    "Mengantar anak ke fasilitas kesehatan pada pagi hari, surat keterangan terlampir.",
    "Mesin presensi tidak mengenali sidik jari, disaksikan petugas piket.",
    "Langsung menuju lokasi pemeriksaan lapangan sesuai surat tugas.",
    "Kendaraan mogok di perjalanan, sudah melapor kepada atasan.",
    "Banjir menutup jalan menuju kantor, foto lokasi terlampir.",
    "Menghadiri undangan rapat di luar kantor sejak pagi, undangan terlampir."};

constexpr std::array<Phrases, 8> outcomes = {
    "Tersusunnya dokumen",   "Terlaksananya pelayanan",   "Meningkatnya mutu",
    "Tersedianya data",      "Terselesaikannya berkas",   "Terkelolanya administrasi",
    "Terpantaunya kegiatan", "Terlaporkannya pelaksanaan"};
constexpr std::array<Phrases, 5> expectations = {
    "Hasil kerja dilaporkan tiap akhir bulan, bukan menunggu akhir semester.",
    "Utamakan berkas permohonan warga; target waktu layanan tiga hari kerja.",
    "Libatkan rekan satu seksi sejak awal dan catat pembagian tugasnya.",
    "Data yang disajikan harus sudah dicocokkan dengan unit sumber.",
    "Bila target kuartal pertama tidak tercapai, sampaikan kendala lebih dini."};

constexpr std::array<Phrases, 6> remarks = {
    "Hasil bulan ini rapi dan tepat waktu; pertahankan cara kerjanya.",
    "Uraian laporan sudah lebih jelas, tetapi bukti dukung masih sering menyusul.",
    "Pelayanan di loket dipuji warga; bagikan caranya kepada rekan satu seksi.",
    "Dua berkas melewati batas waktu; sampaikan kendala lebih awal bulan depan.",
    "Koordinasi dengan unit lain membaik; catat kesepakatannya.",
    "Target triwulan hampir tercapai; utamakan sisa pekerjaan yang menunggu tanda tangan."};
constexpr std::array<Phrases, 4> agreements = {
    "Disepakati capaian ditinjau lagi akhir bulan.",
    "Disepakati pembagian tugas ulang untuk pekerjaan yang tertunda.",
    "Kendala jaringan diteruskan kepada pengelola; target tetap.",
    "Pegawai meminta pelatihan; diusulkan pada triwulan berikutnya."};
constexpr std::array<Phrases, 4> lessons = {
    "Menyusun laporan kegiatan yang terukur, dibimbing tiap pekan.",
    "Mengelola waktu dan urutan pekerjaan, dengan lembar kendali harian.",
    "Menguasai aplikasi layanan yang baru bersama rekan pembimbing.",
    "Menanggapi pengaduan warga sesuai standar pelayanan."};
constexpr std::array<Phrases, 6> schools = {
    "Ilmu Administrasi Negara, Universitas Brawijaya", "Akuntansi, Universitas Airlangga",
    "Teknik Informatika, Politeknik Negeri Malang",    "Ilmu Hukum, Universitas Gadjah Mada",
    "Kesehatan Masyarakat, Universitas Diponegoro",    "Pendidikan, Universitas Negeri Malang"};
constexpr std::array<Phrases, 3> refusals = {
    "Nilai perilaku tidak sesuai dengan catatan dialog kinerja.",
    "Dua hasil kerja belum diperhitungkan.", "Keberatan akan diajukan secara tertulis."};

}  // namespace

std::string feedback_text(SeededRandomness& random) {
  return std::string(pick(random, remarks));
}
std::string dialogue_text(SeededRandomness& random) {
  return fmt::format("Dibahas {}. {}", pick(random, subjects), pick(random, agreements));
}
std::string coaching_text(SeededRandomness& random) {
  return std::string(pick(random, lessons));
}
std::string education_text(SeededRandomness& random) {
  return std::string(pick(random, schools));
}
std::string refusal_text(SeededRandomness& random) {
  return std::string(pick(random, refusals));
}

std::string plan_text(SeededRandomness& random, std::size_t results) {
  std::string text;
  for (std::size_t i = 1; i <= results; ++i) {
    text += fmt::format("{}. {} {}, {} {}.", i, pick(random, outcomes), pick(random, subjects),
                        between(random, 4, 120), pick(random, units));
    if (i < results) text += ' ';
  }
  return text;
}

std::string expectation_text(SeededRandomness& random) {
  return std::string(pick(random, expectations));
}

std::string report_text(SeededRandomness& random) {
  std::string text;
  text.reserve(256);
  text += pick(random, works);
  text += " terkait ";
  text += pick(random, subjects);
  text += "; ";
  text += fmt::format_int(between(random, 2, 48)).c_str();
  text += ' ';
  text += pick(random, units);
  text += ", ";
  text += pick(random, results);
  text += '.';
  text += pick(random, additions);
  return text;
}

std::string return_text(SeededRandomness& random) {
  return std::string(pick(random, returns));
}
std::string excuse_text(SeededRandomness& random) {
  return std::string(pick(random, excuses));
}

std::string objection_text(std::string_view period, bool heroine) {
  if (heroine)
    return fmt::format(
        "Saya keberatan atas nilai hasil kerja periode {}: dua keluaran layanan yang sudah "
        "diserahterimakan pada Juni belum dihitung. Berita acara serah terima terlampir.",
        period);
  return fmt::format(
      "Saya keberatan atas penilaian periode {} karena beban tugas tambahan sepanjang semester "
      "belum dipertimbangkan.",
      period);
}

std::string explanation_text(bool upheld) {
  return upheld ? "Berita acara serah terima memang terlambat masuk ke bahan penilaian; kedua "
                  "keluaran tersebut benar dan belum dihitung."
                : "Tugas tambahan sudah dimuat dalam nilai hasil kerja; tidak ada keluaran yang "
                  "tertinggal.";
}

}  // namespace runut::simulation
