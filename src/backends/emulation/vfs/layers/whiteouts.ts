/** Names by which an unpacked OCI layer says what it removes (image-spec, layer.md "Whiteouts"). */
export const WHITEOUT_PREFIX = '.wh.';
export const OPAQUE = '.wh..wh..opq';
