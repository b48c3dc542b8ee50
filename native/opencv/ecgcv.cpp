#include <opencv2/core.hpp>

#define ECGCV extern "C" __attribute__((visibility("default")))

ECGCV const char *ecgcv_version() { return CV_VERSION; }
