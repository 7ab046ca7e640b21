import Glibc

exit(EncoderProgram.run())
