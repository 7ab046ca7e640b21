// libmaxminddb's look-up is variadic, and its handle is a large struct that the caller owns.
#pragma once
#include <maxminddb.h>
#include <stdlib.h>

// Opens a database; NULL with `status` when it cannot be. Give it to maxmind_close.
static inline MMDB_s *maxmind_open(const char *path, int *status) {
  MMDB_s *database = malloc(sizeof *database);
  if (database == NULL) {
    *status = MMDB_OUT_OF_MEMORY_ERROR;
    return NULL;
  }
  *status = MMDB_open(path, MMDB_MODE_MMAP, database);
  if (*status == MMDB_SUCCESS) return database;
  free(database);
  return NULL;
}

static inline void maxmind_close(MMDB_s *database) {
  MMDB_close(database);
  free(database);
}

// Writes the two letters of `country.iso_code` of a numeric address; 0 when the database does not know it.
static inline int maxmind_country(MMDB_s *database, const char *address, char code[2]) {
  int gai, status;
  MMDB_lookup_result_s found = MMDB_lookup_string(database, address, &gai, &status);
  if (gai != 0 || status != MMDB_SUCCESS || !found.found_entry) return 0;
  MMDB_entry_data_s data;
  if (MMDB_get_value(&found.entry, &data, "country", "iso_code", NULL) != MMDB_SUCCESS || !data.has_data) return 0;
  if (data.type != MMDB_DATA_TYPE_UTF8_STRING || data.data_size != 2) return 0;
  code[0] = data.utf8_string[0];
  code[1] = data.utf8_string[1];
  return 1;
}
