/**
 * Why a flow was scored as it was: distances and scores split over the flow's packets, channels and
 * features, such that the parts add up to what was split. Embedders call {@link
 * dev.janus.explain.FlowExplainer}.
 */
package dev.janus.explain;
