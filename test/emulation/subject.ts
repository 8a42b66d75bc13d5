/** First import of a whole-program test of this folder: the program under test uses the emulation backend. */
process.env['TSRUN_BACKEND'] = 'emulation';
