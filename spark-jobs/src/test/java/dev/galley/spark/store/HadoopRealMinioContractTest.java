package dev.galley.spark.store;

import dev.galley.landing.S3Server;
import java.io.IOException;
import java.nio.file.Path;

class HadoopRealMinioContractTest extends HadoopContract {
    @Override
    S3Server start(Path folder) throws IOException {
        return S3Server.minio(folder);
    }
}
