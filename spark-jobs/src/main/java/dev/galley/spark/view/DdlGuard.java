package dev.galley.spark.view;

import java.util.Map;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchProcedureException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.ViewAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.iceberg.catalog.Procedure;
import org.apache.spark.sql.types.StructType;

/** A Spark catalog that refuses to define, alter or drop anything, and to run procedures, while a run is open. */
abstract class DdlGuard extends SparkCatalog {
    /** Definitions are not branched: a change would show on {@code main} at once. */
    abstract boolean frozen();

    private void require(String action, Object what) {
        if (frozen()) {
            throw new UnsupportedOperationException(
                    "Cannot " + action + " " + what + ": a run is open, and definitions do not go to its audit branch");
        }
    }

    @Override
    public Table createTable(Identifier id, StructType schema, Transform[] parts, Map<String, String> properties)
            throws TableAlreadyExistsException {
        require("create table", id);
        return super.createTable(id, schema, parts, properties);
    }

    @Override
    public StagedTable stageCreate(Identifier id, StructType schema, Transform[] parts, Map<String, String> properties)
            throws TableAlreadyExistsException {
        require("create table", id);
        return super.stageCreate(id, schema, parts, properties);
    }

    @Override
    public StagedTable stageReplace(Identifier id, StructType schema, Transform[] parts, Map<String, String> properties)
            throws NoSuchTableException {
        require("replace table", id);
        return super.stageReplace(id, schema, parts, properties);
    }

    @Override
    public StagedTable stageCreateOrReplace(
            Identifier id, StructType schema, Transform[] parts, Map<String, String> properties) {
        require("replace table", id);
        return super.stageCreateOrReplace(id, schema, parts, properties);
    }

    @Override
    public Table alterTable(Identifier id, TableChange... changes) throws NoSuchTableException {
        require("alter table", id);
        return super.alterTable(id, changes);
    }

    @Override
    public boolean dropTable(Identifier id) {
        require("drop table", id);
        return super.dropTable(id);
    }

    @Override
    public boolean purgeTable(Identifier id) {
        require("drop table", id);
        return super.purgeTable(id);
    }

    @Override
    public void renameTable(Identifier from, Identifier to) throws NoSuchTableException, TableAlreadyExistsException {
        require("rename table", from);
        super.renameTable(from, to);
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata)
            throws NamespaceAlreadyExistsException {
        require("create namespace", String.join(".", namespace));
        super.createNamespace(namespace, metadata);
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) throws NoSuchNamespaceException {
        require("alter namespace", String.join(".", namespace));
        super.alterNamespace(namespace, changes);
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade) throws NoSuchNamespaceException {
        require("drop namespace", String.join(".", namespace));
        return super.dropNamespace(namespace, cascade);
    }

    @Override
    public View createView(
            Identifier id,
            String sql,
            String catalog,
            String[] namespace,
            StructType schema,
            String[] queryColumns,
            String[] aliases,
            String[] comments,
            Map<String, String> properties)
            throws ViewAlreadyExistsException, NoSuchNamespaceException {
        require("create view", id);
        return super.createView(id, sql, catalog, namespace, schema, queryColumns, aliases, comments, properties);
    }

    @Override
    public View replaceView(
            Identifier id,
            String sql,
            String catalog,
            String[] namespace,
            StructType schema,
            String[] queryColumns,
            String[] aliases,
            String[] comments,
            Map<String, String> properties)
            throws NoSuchNamespaceException, NoSuchViewException {
        require("replace view", id);
        return super.replaceView(id, sql, catalog, namespace, schema, queryColumns, aliases, comments, properties);
    }

    @Override
    public boolean dropView(Identifier id) {
        require("drop view", id);
        return super.dropView(id);
    }

    @Override
    public void renameView(Identifier from, Identifier to) throws NoSuchViewException, ViewAlreadyExistsException {
        require("rename view", from);
        super.renameView(from, to);
    }

    @Override
    public Procedure loadProcedure(Identifier id) throws NoSuchProcedureException {
        require("call", id);
        return super.loadProcedure(id);
    }
}
